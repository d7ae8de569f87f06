import type { ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { RunTree } from '@pd/call-log/schema';
import { LOG_HELP, onlyLog, parseOptions } from './options.ts';
import type { Command, Content, Terminal } from './terminal.ts';

type Values<T extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/** A command that turns one log into one file. */
export interface Format<T extends ParseArgsOptionsConfig> {
  name: string;
  summary: string;
  /** What the file's name ends with, without the dot. */
  extension: string;
  /** Where it goes when nobody says: a file named after the log, or standard output. */
  goesTo: 'file' | 'stdout';
  /** Options besides `--output`, for `parseArgs`. */
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
${optionsHelp}  -h, --help           this text
`,
    async run(args, terminal) {
      const all = { ...options, output: { type: 'string', short: 'o' } } as const;
      const { positionals, ...parsed } = parseOptions(args, all);
      const log = onlyLog(positionals, name);
      // TypeScript does not see through the options that are not known here.
      const values = parsed.values as Values<T> & { output?: string };
      const output =
        values.output ?? (goesTo === 'stdout' ? '-' : `${log.replace(/\.jsonl?$/, '')}.${extension}`);
      const made = await make(await terminal.readTree(log), values, terminal);
      if (output !== '-') {
        await terminal.writeFile(output, made);
        terminal.out(`${output}\n`);
      } else if (typeof made === 'string') terminal.out(made);
      else if (made instanceof Uint8Array) terminal.outBytes(made);
      else for await (const piece of made) terminal.out(piece);
      return 0;
    },
  };
}
