import { findRun, findRuns } from '../reader/find-runs.ts';
import { readTree } from '../reader/read-tree.ts';
import { type Percentiles, RunStats, type StatsReport, type StatsRow } from '../reader/run-stats.ts';
import { eachRun } from './each-run.ts';
import { formatCost, formatCount, formatDuration, formatNumberOf } from './format.ts';
import { COMMON_HELP, onlyRun, parseOptions, RUN_HELP } from './options.ts';
import { safeJson } from './safe-text.ts';
import { type Cell, type Column, toTable } from './table.ts';
import type { Command, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `call-log stats` */
export const stats: Command = {
  summary: 'calls, tokens, cost and latency by agent and by model',
  help: `call-log stats <run> | --all: calls, tokens, cost and latency by agent and by model
${RUN_HELP}
Latency is that of the calls that ended well: half of them, 95 % and 99 % were done within that time. "first" is the
time until the first chunk of a streamed reply.

      --all           every run of the folder, added up${COMMON_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, { all: { type: 'boolean', default: false } });
    if (values.all && positionals.length > 0) throw new UsageError('either one run or --all');
    const runs = values.all
      ? await findRuns(values.dir)
      : [await findRun(onlyRun(positionals, 'stats'), values.dir)];
    const sum = new RunStats();
    const add = async (run: (typeof runs)[number]) =>
      sum.add(await readTree(run.journal ?? run.tree ?? run.id));
    const { failed } = await eachRun(runs, 'adding run', add, terminal);
    const report = sum.report();
    terminal.out(values.json ? `${safeJson(report, 2)}\n` : toText(report, terminal));
    return failed > 0 && !values.all ? 1 : 0;
  },
};

function toText({ runs, agents, models }: StatsReport, { paint }: Terminal): string {
  if (agents.length === 0) return `${formatNumberOf(runs, 'run')}, no calls\n`;
  return `${toTable(columns('agent'), agents.map(toRow), paint)}\n${toTable(columns('model'), models.map(toRow), paint)}`;
}

function columns(first: string): Column[] {
  const figures = [
    'calls',
    'errors',
    'attempts',
    'in',
    'out',
    'cost',
    'p50/95/99 latency',
    'p50/95/99 first',
  ];
  return [{ title: first, max: 28 }, ...figures.map((title): Column => ({ title, align: 'right' }))];
}

function toRow(row: StatsRow): Cell[] {
  return [
    { text: row.name, colour: 'bold' },
    formatCount(row.calls),
    row.errors > 0 ? { text: formatCount(row.errors), colour: 'red' } : '0',
    formatCount(row.attempts),
    formatCount(row.input_tokens),
    formatCount(row.output_tokens),
    formatCost(row),
    formatPercentiles(row.latency_ms),
    formatPercentiles(row.time_to_first_chunk_ms),
  ];
}

/** In one unit, so that they can be compared at a glance. */
function formatPercentiles(of: Percentiles | undefined): string {
  if (of === undefined) return '–';
  const { p50, p95, p99 } = of;
  if (p99 >= 59_950) return [p50, p95, p99].map(formatDuration).join(' / ');
  const inSeconds = p99 >= 999.5;
  const figure = (ms: number) =>
    inSeconds ? (ms / 1000).toFixed(p99 < 9_995 ? 2 : 1) : String(Math.round(ms));
  return `${[p50, p95, p99].map(figure).join('/')} ${inSeconds ? 's' : 'ms'}`;
}
