import type { LogEvent, Logger } from './schema/logger-events.ts';

/** How often a logger may be called from within itself: a call of its own is one event within another, a loop is many. */
const DEEPEST = 10;

/** A logger that may be called anywhere. */
export type GuardedLogger = Required<Logger> & ((event: LogEvent) => void);

/**
 * A logger that may be called anywhere: one that throws, whose promise rejects or never settles, or that makes calls of its
 * own, never harms what it watches. Its promise is not waited for. A logger that asks a model at every event it is given
 * asks for ever: events more than ten deep are not given to it.
 *
 * @param onError told each time; what it throws itself is dropped. Default: one process warning in all
 */
export function guardLogger(
  logger: Logger | undefined,
  onError: (error: unknown) => void = warnOnce(),
): GuardedLogger {
  if (logger === undefined) return Object.assign(() => {}, { batch: () => {} });
  const tell = (error: unknown) => {
    try {
      onError(error);
    } catch {
      // There is nobody left to tell.
    }
  };
  let depth = 0;
  const guarded = (type: string | undefined, call: () => unknown): void => {
    depth++;
    try {
      if (depth > DEEPEST)
        throw new RangeError(
          `the logger makes calls without end: ${type} is the ${depth}th event within another`,
        );
      const returned = call();
      // Also a promise of a library's own, whose rejection would end the process.
      if (isThenable(returned)) returned.then(undefined, tell);
    } catch (error) {
      tell(error);
    } finally {
      depth--;
    }
  };
  const one = (event: LogEvent) => guarded(event.type, () => logger(event));
  const batch = (events: readonly LogEvent[]): void => {
    if (logger.batch === undefined) events.forEach(one);
    else guarded(events[0]?.type, () => logger.batch?.(events));
  };
  return Object.assign(one, { batch });
}

/** Tells the first error as a process warning. */
export function warnOnce(): (error: unknown) => void {
  let warned = false;
  return (error) => {
    if (warned) return;
    warned = true;
    process.emitWarning(`a logger failed and the program went on: ${inWords(error)}`, { code: 'PD_LOGGER' });
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Whatever was thrown; not everything can be made a text. */
function inWords(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'something that has no text';
  }
}
