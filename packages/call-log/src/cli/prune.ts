import { planPrune } from '../retention/plan-prune.ts';
import { removeRun, type StoredRun, scanRuns } from '../retention/run-files.ts';
import { formatBytes, formatDuration, formatNumberOf } from './format.ts';
import { COMMON_HELP, noArguments, parseOptions } from './options.ts';
import { parseAge, parseCount, parseSize } from './quantity.ts';
import { safeJson } from './safe-text.ts';
import { toTable } from './table.ts';
import type { Command, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const options = {
  'older-than': { type: 'string' },
  keep: { type: 'string' },
  'max-size': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', short: 'y', default: false },
} as const;

/** `call-log prune` */
export const prune: Command = {
  summary: 'delete old runs',
  help: `call-log prune: delete old runs, whole: journal, tree, page and folder

      --older-than <age>  to which nothing was written for that long: 12h, 30d, 4w
      --keep <number>     all but the newest
      --max-size <size>   the oldest, until the others take no more: 500MB, 2GB
      --dry-run           only say what would go
  -y, --yes               do not ask

A run goes when any of these says so. One that is running never goes; a file that is no log is left alone.
${COMMON_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, options);
    noArguments(positionals);
    const { 'older-than': age, keep, 'max-size': size } = values;
    if (age === undefined && keep === undefined && size === undefined)
      throw new UsageError('say what is to go: --older-than, --keep or --max-size');
    const rule = {
      ...(age !== undefined && { olderThanMs: parseAge(age) }),
      ...(keep !== undefined && { keep: parseCount(keep) }),
      ...(size !== undefined && { maxBytes: parseSize(size) }),
    };
    const { runs } = await scanRuns(values.dir);
    const plan = planPrune(runs, rule, terminal.now().getTime());
    const dryRun = values['dry-run'];
    if (!values.json) tell(plan.remove, plan.keep.length, terminal);
    const agreed =
      plan.remove.length === 0 || dryRun || values.yes || (await isAgreed(plan.remove, terminal));
    const removed = dryRun || !agreed ? [] : await removeAll(plan.remove);
    if (values.json) {
      const shown = dryRun ? plan.remove : removed;
      const records = shown.map(({ id, bytes, paths }) => ({ id, bytes, paths }));
      terminal.out(
        `${safeJson({ dry_run: dryRun, removed: records, bytes: sum(shown), kept: runs.length - shown.length }, 2)}\n`,
      );
    } else if (removed.length > 0)
      terminal.out(`deleted ${formatNumberOf(removed.length, 'run')}, freed ${formatBytes(sum(removed))}\n`);
    return agreed ? 0 : 1;
  },
};

function tell(remove: readonly StoredRun[], kept: number, { out, paint, now }: Terminal): void {
  if (remove.length === 0) {
    out(`nothing to delete, ${formatNumberOf(kept, 'run')} kept\n`);
    return;
  }
  const rows = remove.map(({ id, writtenAt, bytes }) => [
    { text: id, colour: 'bold' as const },
    `${formatDuration(Math.max(0, now().getTime() - writtenAt))} ago`,
    formatBytes(bytes),
  ]);
  const columns = [
    { title: 'to delete' },
    { title: 'written', align: 'right' },
    { title: 'size', align: 'right' },
  ] as const;
  out(toTable(columns, rows, paint));
  out(
    `${formatNumberOf(remove.length, 'run')}, ${formatBytes(sum(remove))}; ${formatNumberOf(kept, 'run')} kept\n`,
  );
}

/** @throws {UsageError} when there is nobody to ask */
async function isAgreed(remove: readonly StoredRun[], { confirm }: Terminal): Promise<boolean> {
  const answer = await confirm(`Delete ${formatNumberOf(remove.length, 'run')} for good?`);
  if (answer === undefined)
    throw new UsageError('nobody is there to be asked: add --yes to delete, or --dry-run');
  return answer;
}

async function removeAll(runs: readonly StoredRun[]): Promise<StoredRun[]> {
  const removed: StoredRun[] = [];
  for (const run of runs) if (await removeRun(run)) removed.push(run);
  return removed;
}

function sum(runs: readonly StoredRun[]): number {
  return runs.reduce((total, { bytes }) => total + bytes, 0);
}
