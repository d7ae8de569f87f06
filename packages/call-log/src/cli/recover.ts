import { findRun } from '../reader/find-runs.ts';
import { type Recovery, recoverTree } from '../reader/recover-tree.ts';
import { formatNumberOf } from './format.ts';
import { COMMON_HELP, onlyRun, parseOptions, RUN_HELP } from './options.ts';
import { safeJson, safeLine } from './safe-text.ts';
import { statusColour } from './style.ts';
import type { Command, Terminal } from './terminal.ts';

/** `call-log recover` */
export const recover: Command = {
  summary: 'build the tree of a run again from its journal',
  help: `call-log recover <run>: build the tree of a run again from its journal
${RUN_HELP}
Works whatever happened to the program and to the file: every whole record counts. The journal is only read, the tree
is replaced as a whole.
${COMMON_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {});
    const recovery = await recoverTree(await findRun(onlyRun(positionals, 'recover'), values.dir));
    terminal.out(values.json ? `${safeJson(recovery, 2)}\n` : toText(recovery, terminal));
    return 0;
  },
};

function toText(found: Recovery, { paint }: Terminal): string {
  const parts = [
    formatNumberOf(found.records, 'record'),
    formatNumberOf(found.calls, 'call'),
    ...(found.interrupted_calls > 0 ? [`${found.interrupted_calls} of them interrupted`] : []),
    ...(found.damaged_lines > 0 ? [formatNumberOf(found.damaged_lines, 'damaged line')] : []),
    ...(found.orphans > 0 ? [`${formatNumberOf(found.orphans, 'record')} without a call`] : []),
  ];
  const { status } = found;
  return `${paint('bold', safeLine(found.id))}  ${paint(statusColour(status), status)}  ${parts.join(', ')}
${found.replaced ? 'replaced' : 'written'}  ${safeLine(found.tree)}
`;
}
