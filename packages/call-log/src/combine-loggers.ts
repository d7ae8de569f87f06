import type { LogEvent, Logger } from './schema/logger-events.ts';

/** One logger that gives every event to each of `loggers`, in order; one that throws does not keep it from the others. */
export function combineLoggers(...loggers: Logger[]): Logger {
  return Object.assign((event: LogEvent) => tryAll(loggers.map((logger) => () => logger(event))), {
    batch: (events: readonly LogEvent[]) => tryAll(loggers.flatMap((logger) => together(logger, events))),
  });
}

/** What gives `events` to a logger, at once if it can take them so. */
function together(logger: Logger, events: readonly LogEvent[]): (() => void)[] {
  const { batch } = logger;
  if (batch !== undefined) return [() => batch.call(logger, events)];
  return events.map((event) => () => logger(event));
}

function tryAll(steps: readonly (() => void)[]): void {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0)
    throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'several loggers failed');
}
