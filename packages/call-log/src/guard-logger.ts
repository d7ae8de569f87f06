import type { LogEvent, Logger } from './schema/logger-events.ts';

/**
 * A logger that may be called anywhere: one that throws, or whose promise rejects, never harms what it watches.
 *
 * @param onError told each time. Default: one process warning in all
 */
export function guardLogger(
  logger: Logger | undefined,
  onError: (error: unknown) => void = warnOnce(),
): (event: LogEvent) => void {
  if (logger === undefined) return () => {};
  return (event) => {
    try {
      const promise: unknown = logger(event);
      if (promise instanceof Promise) promise.catch(onError);
    } catch (error) {
      onError(error);
    }
  };
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
