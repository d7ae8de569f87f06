import type { LogEvent, Logger } from './schema/logger-events.ts';

/** A logger that may be called anywhere. */
export type GuardedLogger = Required<Logger> & ((event: LogEvent) => void);

/**
 * A logger that may be called anywhere: one that throws, or whose promise rejects, never harms what it watches.
 *
 * @param onError told each time. Default: one process warning in all
 */
export function guardLogger(
  logger: Logger | undefined,
  onError: (error: unknown) => void = warnOnce(),
): GuardedLogger {
  const guarded = (call: () => unknown): void => {
    try {
      const promise = call();
      if (promise instanceof Promise) promise.catch(onError);
    } catch (error) {
      onError(error);
    }
  };
  if (logger === undefined) return Object.assign(() => {}, { batch: () => {} });
  const one = (event: LogEvent) => guarded(() => logger(event));
  const batch = (events: readonly LogEvent[]): void => {
    if (logger.batch === undefined) events.forEach(one);
    else guarded(() => logger.batch?.(events));
  };
  return Object.assign(one, { batch });
}

/** Tells the first error as a process warning. */
export function warnOnce(): (error: unknown) => void {
  let warned = false;
  return (error) => {
    if (warned) return;
    warned = true;
    process.emitWarning(`a logger failed and the program went on: ${String(error)}`, { code: 'PD_LOGGER' });
  };
}
