import { findRuns } from '../reader/find-runs.ts';
import { type RunSummary, summariseRun } from '../reader/summarise-run.ts';
import { eachRun } from './each-run.ts';
import { formatCost, formatCount, formatDuration, formatTime } from './format.ts';
import { COMMON_HELP, noArguments, parseOptions } from './options.ts';
import { safeJson } from './safe-text.ts';
import { statusColour } from './style.ts';
import { type Cell, type Column, toTable, withoutSpare } from './table.ts';
import type { Command, Terminal } from './terminal.ts';

const columns: readonly Column[] = [
  { title: 'run', max: 48 },
  { title: 'name', max: 24, spare: 4 },
  { title: 'status' },
  { title: 'started (UTC)', spare: 1 },
  { title: 'took', align: 'right', spare: 3 },
  { title: 'agents', align: 'right', spare: 2 },
  { title: 'calls', align: 'right' },
  { title: 'errors', align: 'right' },
  { title: 'in', align: 'right' },
  { title: 'out', align: 'right' },
  { title: 'cost', align: 'right' },
];

/** `call-log ls` */
export const ls: Command = {
  summary: 'the runs of the folder, newest first',
  help: `call-log ls: the runs of the folder, newest first

  agents counts those who asked a model, in and out are tokens; a cost is "unpriced" when no call had a price.
${COMMON_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {});
    noArguments(positionals);
    const found = await findRuns(values.dir);
    const { results } = await eachRun(found, 'reading run', summariseRun, terminal);
    const runs = results.map((run) => upToNow(run, terminal)).sort(newestFirst);
    if (values.json) terminal.out(`${safeJson(runs, 2)}\n`);
    else if (runs.length > 0) print(runs, terminal);
    else terminal.err(`there are no runs in ${values.dir}\n`);
    return 0;
  },
};

function print(runs: readonly RunSummary[], { out, err, columns: width, paint, paintErr }: Terminal): void {
  const shown = withoutSpare(columns, runs.map(toRow), width);
  out(toTable(shown.columns, shown.rows, paint));
  if (shown.left.length > 0)
    err(paintErr('dim', `no room for ${shown.left.join(', ')}: a wider terminal or --json has all\n`));
}

function toRow(run: RunSummary): Cell[] {
  return [
    { text: run.id, colour: 'bold' },
    run.name ?? '–',
    { text: run.status, colour: statusColour(run.status) },
    formatTime(run.started_at),
    formatDuration(run.duration_ms),
    formatCount(run.agents),
    formatCount(run.calls),
    run.errors > 0 ? { text: formatCount(run.errors), colour: 'red' } : '0',
    formatCount(run.input_tokens),
    formatCount(run.output_tokens),
    formatCost(run),
  ];
}

function upToNow(run: RunSummary, { now }: Terminal): RunSummary {
  if (run.status !== 'running' || run.started_at === undefined) return run;
  return { ...run, duration_ms: Math.max(0, now().getTime() - Date.parse(run.started_at)) };
}

function newestFirst(a: RunSummary, b: RunSummary): number {
  const [first = '', second = ''] = [b.started_at, a.started_at];
  return first === second ? (a.id < b.id ? 1 : -1) : first < second ? -1 : 1;
}
