import { UsageError } from '../../errors/usage-error.ts';
import { showRun } from '../../show/show-run.ts';
import { DIR_OPTION, LOG_HELP, onlyLog, parseOptions } from '../options.ts';
import type { Command } from '../terminal.ts';

/** Where there is no terminal to say how wide it is. */
const USUAL_WIDTH = 80;
const NARROWEST = 40;
const WIDEST = 1000;

const options = {
  ...DIR_OPTION,
  width: { type: 'string' },
  ascii: { type: 'boolean', default: false },
} as const;

/** `pd-visualizer show` */
export const show: Command = {
  summary: 'the graph and the timeline, here in the terminal',
  help: `pd-visualizer show <log>: the graph and the timeline, here in the terminal
${LOG_HELP}
      --width <n>      so many columns, ${NARROWEST} to ${WIDEST}; default: the terminal's, else ${USUAL_WIDTH}
      --ascii          nothing but ASCII
      --dir <folder>   where runs are looked for by id; default: ./logs
  -h, --help           this text
`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, options);
    const given = onlyLog(positionals, 'show');
    const width = values.width === undefined ? defaultWidth(terminal.columns) : parseWidth(values.width);
    const { tree } = await terminal.readLog(given, values.dir);
    const lines = [...showRun(tree, { width, ascii: values.ascii, paint: terminal.paint })];
    terminal.out(`${lines.join('\n')}\n`);
    return 0;
  },
};

/** Some terminals say that they have no columns at all. */
function defaultWidth(columns: number | undefined): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns || USUAL_WIDTH));
}

function parseWidth(text: string): number {
  const width = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(width >= NARROWEST && width <= WIDEST))
    throw new UsageError(`--width takes columns, ${NARROWEST} to ${WIDEST}, not ${JSON.stringify(text)}`);
  return width;
}
