import { dirname, join } from 'node:path';
import type { ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { RunTree } from '@pd/call-log/schema';
import { safeLine } from '@pd/call-log/terminal';
import { UnreadableLogError } from '../errors/unreadable-log-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { Content } from '../output/content.ts';
import { isSameFile } from '../output/same-file.ts';
import type { Log } from '../read/log.ts';
import { DIR_OPTION, LOG_HELP, onlyLog, parseOptions } from './options.ts';
import type { Command, Terminal } from './terminal.ts';

type Values<T extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/** A command that turns a log into a file. */
export interface Format<T extends ParseArgsOptionsConfig> {
  name: string;
  summary: string;
  /** What the file's name ends with, without the dot. */
  extension: string;
  /** Where it goes when nobody says: a file named after the log, or standard output. */
  goesTo: 'file' | 'stdout';
  /** Options besides `--output` and `--dir`, for `parseArgs`. */
  options: T;
  /** A line or more per option, two spaces in front. */
  optionsHelp: string;
  /** @throws {UsageError} when a value is not one that the option has */
  make(tree: RunTree, values: Values<T>, terminal: Terminal): Content | Promise<Content>;
  /** Of a format that takes several logs at once. */
  makeSeveral?(trees: readonly RunTree[]): Content;
}

/** What a file of several runs is called, beside the first of them. */
const SEVERAL = 'runs';

export function formatCommand<const T extends ParseArgsOptionsConfig>(format: Format<T>): Command {
  const { name, summary, extension, goesTo, options, optionsHelp, make, makeSeveral } = format;
  const several = makeSeveral === undefined ? '' : `, of several: ${SEVERAL}.${extension} beside the first`;
  const where = goesTo === 'file' ? `the log's name with .${extension}${several}` : 'standard output';
  const logs = makeSeveral === undefined ? '<log>' : '<log>...';
  return {
    summary,
    help: `pd-visualizer ${name} ${logs} [-o <file>]: ${summary}
${LOG_HELP}
  -o, --output <file>  where to write; - is standard output; default: ${where}
${optionsHelp}      --dir <folder>   where runs are looked for by id; default: ./logs
  -h, --help           this text
`,
    async run(args, terminal) {
      const all = { ...options, ...DIR_OPTION, output: { type: 'string', short: 'o' } } as const;
      const { positionals, ...parsed } = parseOptions(args, all);
      const given =
        makeSeveral !== undefined && positionals.length > 1 ? positionals : [onlyLog(positionals, name)];
      // TypeScript does not see through the options that are not known here.
      const values = parsed.values as Values<T> & { output?: string; dir: string };
      const logs = await readLogs(given, values.dir, terminal);
      const output = values.output ?? (goesTo === 'stdout' ? '-' : `${baseOf(logs)}.${extension}`);
      for (const file of logs.flatMap(({ files }) => files))
        if (output !== '-' && (await isSameFile(output, file)))
          throw new UsageError(
            `${output} is ${logs.length > 1 ? 'one of the logs' : 'the log itself'}: give another name with -o`,
          );
      try {
        const trees = logs.map(({ tree }) => tree);
        const [first] = trees;
        if (first === undefined) return 0;
        const made =
          makeSeveral !== undefined && trees.length > 1
            ? makeSeveral(trees)
            : await make(first, values, terminal);
        if (output === '-') await terminal.write(made);
        else await terminal.writeFile(output, made);
      } catch (error) {
        if (!isTooLong(error)) throw error;
        throw new UnreadableLogError(
          given.join(', '),
          `is too much for ${name}, which is made as one text: csv and show take it`,
          {
            cause: error,
          },
        );
      }
      if (output !== '-') terminal.out(`${safeLine(output)}\n`);
      return 0;
    },
  };
}

/** @throws {UsageError} when one run is given twice: a page could not tell them apart */
async function readLogs(given: readonly string[], dir: string, terminal: Terminal): Promise<Log[]> {
  const logs: Log[] = [];
  const paths = new Map<string, string>();
  for (const path of given) {
    const log = await terminal.readLog(path, dir, given.length > 1);
    const { id } = log.tree.run;
    const before = paths.get(id);
    if (before !== undefined) throw new UsageError(`${before} and ${path} are the same run, ${id}`);
    paths.set(id, path);
    logs.push(log);
  }
  return logs;
}

function baseOf([first, second]: readonly Log[]): string {
  if (first === undefined || second === undefined) return first?.base ?? SEVERAL;
  return join(dirname(first.base), SEVERAL);
}

/** V8 has no string above 512 MiB. */
function isTooLong(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Invalid string length';
}
