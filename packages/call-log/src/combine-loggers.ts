import type { Logger } from './schema/logger-events.ts';

/** One logger that gives every event to each of `loggers`, in order; one that throws does not keep it from the others. */
export function combineLoggers(...loggers: Logger[]): Logger {
  return (event) => {
    const errors: unknown[] = [];
    for (const logger of loggers) {
      try {
        logger(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0)
      throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'several loggers failed');
  };
}
