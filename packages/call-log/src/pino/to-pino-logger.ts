import { guardLogger } from '../guard-logger.ts';
import { type CallContext, currentContext } from '../identity/context.ts';
import { resolveAgent } from '../identity/resolve.ts';
import { toPlainJson } from '../journal/to-plain-json.ts';
import type { CallStart, LogEvent, Logger } from '../schema/logger-events.ts';
import { contentSum } from './content-sum.ts';
import { createEventDescriber } from './describe-event.ts';
import type { EventLine, ExitLine } from './event-line.ts';
import { isEnded } from './is-ended.ts';
import { onExit } from './on-exit.ts';

/** What is used of a pino logger. Another one that takes an object will do; without `child()` its own level decides. */
export interface InfoLogger {
  info(line: object, message?: string): void;
  /** `silent` keeps events back, too; no other level does. */
  level?: string;
  child?(bindings: object, options: object): InfoLogger;
}

/** How events are written to a pino logger. */
export interface ToPinoLoggerOptions {
  /**
   * The level of the lines that carry events. Default: `info`. With `trace`, and `level: 'trace'` at this package's
   * transport among the targets, no other target sees them.
   */
  level?: string;
}

type Write = (line: EventLine | ExitLine, message: string) => void;

/**
 * A logger function that writes events through a pino logger of your own, to be picked up by
 * `@pd/call-log/transport` among its targets. The context is captured here, on the calling thread, because a
 * worker sees none. Events are written whatever the level of `pino` is, unless that is `silent`. The transport is told
 * when the process exits with an error, because its worker cannot see that either.
 *
 * @throws {TypeError} when the logger has no such level
 */
export function toPinoLogger(pino: InfoLogger, { level = 'info' }: ToPinoLoggerOptions = {}): Logger {
  const write = writeAt(pino, level);
  const describe = createEventDescriber();
  // What is thrown in here is warned of, once.
  const logger = guardLogger((event) => {
    const refusal = refusalOf(pino);
    if (refusal !== undefined) throw new Error(`${refusal}: events given to toPinoLogger() are not recorded`);
    const line = toEventLine(event);
    write(
      line,
      describe(line.pd, () => resolveAgent(line.pd as CallStart, line.pd_context)),
    );
  });
  const tellExit = (code: number) => {
    if (code === 0 || refusalOf(pino) !== undefined) return;
    write({ pd_exit: code }, `the process exits with code ${code}`);
  };
  onExit(tellExit);
  keptBy.set(logger, tellExit);
  return logger;
}

/** What lives as long as a logger. */
const keptBy = new WeakMap<Logger, (code: number) => void>();

function refusalOf(pino: InfoLogger): string | undefined {
  if (pino.level === 'silent') return 'the pino logger is silent';
  return isEnded(pino) ? 'the stream of the pino logger has ended' : undefined;
}

function toEventLine(event: LogEvent): EventLine & { pd_context: CallContext } {
  const at = event.at ?? new Date().toISOString();
  // As plain JSON, because pino cuts whatever it cannot serialize off below a depth of five. Redacted by the transport.
  const { value, exact } = toPlainJson({ ...event, at }, (text) => text);
  const pd = value as unknown as LogEvent;
  const line = { pd, pd_context: currentContext() };
  if (pd.type !== 'call.start') return line;
  if (!exact) pd.exact = false;
  return { ...line, pd_sum: contentSum(pd) };
}

function writeAt(pino: InfoLogger, level: string): Write {
  const logger = atLevel(pino, level) as unknown as { [method: string]: Write | undefined };
  if (typeof logger[level] !== 'function')
    throw new TypeError(`toPinoLogger: the logger has no level ${level}; name one of its own as { level }`);
  // Called on the logger and looked up each time, because pino replaces its methods when a level changes.
  return (line, message) => logger[level]?.(line, message);
}

/** A child with a level of its own, which stays when that of its parent changes. */
function atLevel(pino: InfoLogger, level: string): InfoLogger {
  if (typeof pino.child !== 'function') return pino;
  try {
    const child = pino.child({}, { level });
    child.level = level;
    return child;
  } catch (cause) {
    const message = `toPinoLogger: the logger cannot write at level ${level}; name one of its own as { level }`;
    throw new TypeError(message, { cause });
  }
}
