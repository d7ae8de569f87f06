import { join } from 'node:path';
import { CallLogError } from '../errors/call-log-error.ts';
import { type ImportPlan, planImport } from '../import/plan-import.ts';
import { summariseRun } from '../reader/summarise-run.ts';
import { formatNumberOf } from './format.ts';
import { COMMON_HELP, parseOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { safeJson, safeLine } from './safe-text.ts';
import { statusColour } from './style.ts';
import type { Command, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const options = {
  'run-id': { type: 'string' },
  name: { type: 'string' },
} as const;

/** `call-log import` */
export const importFiles: Command = {
  summary: 'make runs of OTLP/JSON files and recorded conversations',
  help: `call-log import <file>…: make runs of OTLP/JSON files and recorded conversations

Each trace that call-log has exported becomes the run it was, with its id; a file may hold one request or one on each
line, as a collector's file exporter writes them. A conversation, { role?, name?, content } in an array or under
"history", becomes a run in which every turn of a model is a call. Nothing is ever written over.

      --run-id <id>   the run's id, if there is only one
      --name <name>   the run's name; default: the one it had, or the file's
${COMMON_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, options);
    const { dir, name, 'run-id': runId } = values;
    if (positionals.length === 0) throw new UsageError('say which files: call-log import <file>…');
    const { plans, failed } = await readAll(positionals, terminal);
    const writers = plans.flatMap(({ runs }) => runs);
    if (runId !== undefined && writers.length > 1)
      throw new UsageError(`--run-id is for one run, there are ${writers.length}`);
    for (const note of plans.flatMap(({ notes }) => notes)) skipped(note, terminal);
    const progress = createProgress('importing run', writers.length, terminal);
    const results: Awaited<ReturnType<typeof summary>>[] = [];
    let refused = 0;
    for (const [i, write] of writers.entries()) {
      progress.at(i);
      try {
        results.push(await summary(await write({ dir, runId, name }), dir));
      } catch (error) {
        progress.end();
        if (!CallLogError.isInstance(error)) throw error;
        refused++;
        skipped(error.message, terminal);
      }
    }
    progress.end();
    if (values.json) terminal.out(`${safeJson(results, 2)}\n`);
    else for (const run of results) terminal.out(toText(run, terminal));
    const left = plans.some(({ notes }) => notes.length > 0);
    return failed > 0 || refused > 0 || left ? 1 : 0;
  },
};

/** What the files would become; those that cannot be read are told and do not hide the others. */
async function readAll(
  paths: readonly string[],
  terminal: Terminal,
): Promise<{ plans: ImportPlan[]; failed: number }> {
  const progress = createProgress('reading file', paths.length, terminal);
  const plans: ImportPlan[] = [];
  const problems: string[] = [];
  for (const [i, path] of paths.entries()) {
    progress.at(i);
    try {
      plans.push(await planImport(path, terminal.now()));
    } catch (error) {
      if (!CallLogError.isInstance(error)) throw error;
      problems.push(error.message);
    }
  }
  progress.end();
  for (const problem of problems) skipped(problem, terminal);
  return { plans, failed: problems.length };
}

async function summary(id: string, dir: string) {
  const path = join(dir, `${id}.jsonl`);
  const { status, agents, calls } = await summariseRun({ id, journal: path, segments: [] });
  return { id, path, status, agents, calls };
}

function skipped(problem: string, { err, paintErr }: Terminal): void {
  err(`${paintErr('yellow', 'skipped:')} ${safeLine(problem)}\n`);
}

function toText(
  { id, path, status, agents, calls }: Awaited<ReturnType<typeof summary>>,
  { paint }: Terminal,
): string {
  const parts = `${formatNumberOf(agents, 'agent')}, ${formatNumberOf(calls, 'call')}`;
  return `${paint('bold', safeLine(id))}  ${paint(statusColour(status), status)}  ${parts}  ${safeLine(path)}\n`;
}
