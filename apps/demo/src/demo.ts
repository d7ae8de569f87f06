import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import type { ScenarioEvent, ScenarioOutcome } from '@pd/scenarios';
import { startWorkers, type Workers } from './distributed/start-workers.ts';
import { type Environment, loadEnvironment } from './environment.ts';
import { checkLogDir } from './log-dir.ts';
import { chooseSource, openModelSource } from './model-source.ts';
import type { DemoOptions } from './options.ts';
import { openPage, writePage } from './page.ts';
import { openProgram } from './programs/open-program.ts';
import type { Program } from './programs/program.ts';
import { toResumeCommand } from './resume-command.ts';
import type { Printer } from './terminal/printer.ts';
import type { Report } from './terminal/report.ts';

/** Everything a run of the demo needs from outside. */
export interface DemoStage {
  printer: Printer;
  report: Report;
  signal: AbortSignal;
}

/**
 * Builds log and client, plays what was asked for, and reports what was recorded, whether it ended well or not.
 *
 * @throws {UsageError} before anything is recorded
 * @throws whatever ended the run early, after the report
 */
export async function runDemo(options: DemoOptions, { printer, report, signal }: DemoStage): Promise<void> {
  const environment = loadEnvironment(printer.problem);
  const dir = await checkLogDir(logDir(options, environment));
  const program = await openProgram(options, dir, environment);
  const asked = program.asks ?? chooseSource(options, environment);
  const source = await openModelSource(asked, environment, {
    recording: program.conversation,
    isForPrograms: options.json,
  });
  const redact = { secrets: source.client.apiKey ? [source.client.apiKey] : [] };
  const log = createCallLog({ dir, redact });
  const { runId, isResumable } = program;
  let workers: Workers | undefined;
  let outcome: ScenarioOutcome | undefined;
  let isOnRecord = false;
  const tell = (event: ScenarioEvent) => {
    isOnRecord = true;
    printer.event(event);
  };
  try {
    if (options.workers !== undefined && program.plays !== undefined) {
      const offlineURL = source.offline ? source.client.baseURL : undefined;
      workers = await startWorkers(
        options.workers,
        {
          redis: environment.get('REDIS_URL') ?? DEFAULT_REDIS,
          prefix: `pd-demo-${runId}`,
          logDir: dir,
          asked,
          offlineURL,
          ...program.plays,
        },
        log.logger,
      );
    }
    printer.intro(source.label, aboutOf(program, workers));
    const client = createLLMClient({ ...source.client, logger: log.logger });
    outcome = await program.play({ log, client, runner: workers?.runner, redact, signal, tell }, asked);
  } finally {
    await workers?.close();
    await log.close();
    await source.close();
    await program.close?.();
    const paths = { journal: join(dir, `${runId}.jsonl`), tree: join(dir, `${runId}.json`) };
    if (isOnRecord || (options.goOn === undefined && existsSync(paths.journal))) {
      const resume = isResumable ? toResumeCommand(runId, outcome, options) : undefined;
      const isPlain = options.scenario === undefined && options.goOn === undefined;
      const shown = isPlain ? undefined : outcome;
      await finish(paths, { offline: source.offline, outcome: shown, resume, options, printer, report });
    }
  }
}

/** Where Redis is when `REDIS_URL` does not say. */
const DEFAULT_REDIS = 'redis://127.0.0.1:6379';

function aboutOf({ about }: Program, workers: Workers | undefined): string | undefined {
  if (workers === undefined) return about;
  return [about, `agents answer in the processes ${workers.pids.join(', ')}`].filter(Boolean).join('\n');
}

interface Ending extends Omit<DemoStage, 'signal'> {
  offline: boolean;
  outcome: ScenarioOutcome | undefined;
  resume: string | undefined;
  options: DemoOptions;
}

/** Reports even when the page cannot be written, and passes that error on afterwards. */
async function finish(paths: { journal: string; tree: string }, ending: Ending): Promise<void> {
  const { options, printer, report, ...rest } = ending;
  const tree = await readTree(paths.journal);
  const [drawn] = await Promise.allSettled([writePage(tree, paths.tree)]);
  const page = drawn.status === 'fulfilled' ? drawn.value : undefined;
  report(tree, { ...paths, page }, rest);
  if (drawn.status === 'rejected') throw drawn.reason;
  if (options.open) await openPage(drawn.value, printer.problem);
}

function logDir({ logDir }: DemoOptions, { root, workingDirectory }: Environment): string {
  return logDir === undefined ? resolve(root, 'logs') : resolve(workingDirectory, logDir);
}
