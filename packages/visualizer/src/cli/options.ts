import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from '../errors/usage-error.ts';

/**
 * Reads the arguments of a command.
 *
 * @throws {UsageError} when there is an option that it does not have
 */
export function parseOptions<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split(/\n|\. /, 1)[0] ?? message, { cause: error });
  }
}

/** The only positional argument. */
export function onlyLog(positionals: readonly string[], command: string): string {
  const [log, ...more] = positionals;
  if (log === undefined) throw new UsageError(`say which log: pd-visualizer ${command} <log>`);
  if (more.length > 0) throw new UsageError(`one log at a time, there are ${positionals.length}`);
  return log;
}

/** One of the values that an option may have. */
export function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new UsageError(`${option} is ${allowed.join(' or ')}, not ${JSON.stringify(value)}`);
  return found;
}

/** Where runs are looked for, as in call-log. */
export const DIR_OPTION = { dir: { type: 'string', default: './logs' } } as const;

/** What the help of commands that take a log says of it. */
export const LOG_HELP = `
<log> is a journal (logs/<run>.jsonl), a tree (logs/<run>.json), either without its extension, a run's id, the
beginning of one, or "latest"; or a recorded conversation ({ role?, name?, content } in an array or under "history"),
or OTLP/JSON. Any of them may be gzip'd.
`;
