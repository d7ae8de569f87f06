import type { ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { RunTree } from '@pd/call-log/schema';
import { safeLine } from '@pd/call-log/terminal';
import { UsageError } from '../errors/usage-error.ts';
import type { Content } from '../output/content.ts';
import { isSameFile } from '../output/same-file.ts';
import { DIR_OPTION, LOG_HELP, onlyLog, parseOptions } from './options.ts';
import type { Command, Terminal } from './terminal.ts';

type Values<T extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/** A command that turns one log into one file. */
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
}

export function formatCommand<const T extends ParseArgsOptionsConfig>(format: Format<T>): Command {
  const { name, summary, extension, goesTo, options, optionsHelp, make } = format;
  const where = goesTo === 'file' ? `the log's name with .${extension}` : 'standard output';
  return {
    summary,
    help: `pd-visualizer ${name} <log> [-o <file>]: ${summary}
${LOG_HELP}
  -o, --output <file>  where to write; - is standard output; default: ${where}
${optionsHelp}      --dir <folder>   where runs are looked for by id; default: ./logs
  -h, --help           this text
`,
    async run(args, terminal) {
      const all = { ...options, ...DIR_OPTION, output: { type: 'string', short: 'o' } } as const;
      const { positionals, ...parsed } = parseOptions(args, all);
      const given = onlyLog(positionals, name);
      // TypeScript does not see through the options that are not known here.
      const values = parsed.values as Values<T> & { output?: string; dir: string };
      const log = await terminal.readLog(given, values.dir);
      const output = values.output ?? (goesTo === 'stdout' ? '-' : `${log.base}.${extension}`);
      for (const file of log.files)
        if (output !== '-' && (await isSameFile(output, file)))
          throw new UsageError(`${output} is the log itself: give another name with -o`);
      const made = await make(log.tree, values, terminal);
      if (output === '-') await terminal.write(made);
      else {
        await terminal.writeFile(output, made);
        terminal.out(`${safeLine(output)}\n`);
      }
      return 0;
    },
  };
}
