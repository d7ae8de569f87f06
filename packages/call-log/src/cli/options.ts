import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

const common = {
  dir: { type: 'string', default: './logs' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * Reads the arguments of a command; `--dir` and `--json` belong to all.
 *
 * @throws {UsageError} when there is an option that it does not have
 */
export function parseOptions<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    const all = { ...common, ...options };
    return parseArgs({ args: [...args], allowPositionals: true, options: all });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split(/\n|\. /, 1)[0] ?? message, { cause: error });
  }
}

/** The only positional argument. */
export function onlyRun(positionals: readonly string[], command: string): string {
  const [run, ...more] = positionals;
  if (run === undefined) throw new UsageError(`say which run: call-log ${command} <run>`);
  if (more.length > 0) throw new UsageError(`one run at a time, there are ${positionals.length}`);
  return run;
}

/** No positional arguments. */
export function noArguments(positionals: readonly string[]): void {
  if (positionals.length > 0)
    throw new UsageError(`there is nothing to do with ${JSON.stringify(positionals[0])}`);
}

/** What every command's help ends with. */
export const COMMON_HELP = `
      --dir <folder>  where the logs are; default: ./logs
      --json          the same for programs
  -h, --help          this text
`;

/** What the help of commands that take runs says of them. */
export const RUN_HELP = `
<run> is an id, the beginning of one, "latest", or the path of a journal (.jsonl) or a tree (.json).
`;
