import { findRun, findRuns } from '../reader/find-runs.ts';
import { type VerifyReport, verifyRun } from '../reader/verify-run.ts';
import { eachRun } from './each-run.ts';
import { formatBytes, formatNumberOf } from './format.ts';
import { COMMON_HELP, parseOptions, RUN_HELP } from './options.ts';
import { safeJson, safeLine } from './safe-text.ts';
import type { Command, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Findings of one kind that are shown; `--json` has more. */
const SHOWN = 20;

/** `call-log verify` */
export const verify: Command = {
  summary: 'whether everything is on record',
  help: `call-log verify <run>… | --all: whether everything is on record
${RUN_HELP}
Looks for gaps in the sequence, damaged lines, a missing header, records that the writer had to drop, messages that are
referred to and not stored or do not have their hash: then something is lost, and the exit code is 1. Calls without an
ending, a last record that broke off, records without a call and a stale or unreadable tree are only noted.

      --all           every run of the folder${COMMON_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, { all: { type: 'boolean', default: false } });
    if (values.all === positionals.length > 0)
      throw new UsageError('say which runs: call-log verify <run>…, or --all for every one');
    const runs = values.all
      ? await findRuns(values.dir)
      : await Promise.all(positionals.map((run) => findRun(run, values.dir)));
    const { results, failed } = await eachRun(runs, 'verifying run', verifyRun, terminal);
    if (values.json) terminal.out(`${safeJson(results, 2)}\n`);
    else for (const report of results) terminal.out(toText(report, terminal));
    return failed > 0 || results.some(({ loss }) => loss) ? 1 : 0;
  },
};

function toText(
  { id, status, records, bytes, loss, counts, findings }: VerifyReport,
  { paint }: Terminal,
): string {
  const verdict = loss ? paint('red', 'LOSS') : paint('green', 'ok');
  const size = `${status}, ${formatNumberOf(records, 'record')}, ${formatBytes(bytes)}`;
  const lines = [`${verdict}  ${paint('bold', safeLine(id))}  ${size}`];
  const shown: { [kind: string]: number } = {};
  for (const finding of findings) {
    shown[finding.kind] = (shown[finding.kind] ?? 0) + 1;
    if ((shown[finding.kind] ?? 0) > SHOWN) continue;
    const place = [finding.segment, finding.line && `line ${finding.line}`].filter(Boolean).join(' ');
    const mark = finding.loss ? paint('red', 'lost') : paint('yellow', 'note');
    lines.push(`  ${mark}  ${safeLine(`${place}${place && ': '}${finding.message}`)}`);
  }
  for (const [kind, count] of Object.entries(counts))
    if (count > SHOWN) lines.push(`        … and ${count - SHOWN} more of ${kind.replace('_', ' ')}`);
  return `${lines.join('\n')}\n`;
}
