import { guardLogger, warnOnce } from '../guard-logger.ts';
import { withoutContext } from '../identity/context.ts';
import type { LogEvent, Logger } from '../schema/logger-events.ts';

/** Where spans go as events. */
export interface SpanLogOptions {
  /** Gets the events: `createCallLog().logger`, or any other. */
  logger: Logger;
  /**
   * The run of a trace, by its id. Default: a run of its own whose id is the trace's, which begins and ends with it.
   * `undefined` leaves the events to the log's default run. A run that is chosen here ends with the log.
   */
  runOf?: (traceId: string) => string | undefined;
  /** Told when a span cannot be read or the logger throws. Default: one process warning in all. */
  onError?: (error: unknown) => void;
}

/**
 * Runs what makes events and gives them to the logger; never throws, because nobody who traces expects it. The code that
 * happens to export a span is not the code that made it, so the agent around it must not become the owner.
 */
export function createEventSink({ logger, onError }: SpanLogOptions): (make: () => LogEvent[]) => boolean {
  const tell = onError ?? warnOnce();
  const give = guardLogger(logger, tell);
  return (make) => {
    try {
      const events = make();
      withoutContext(() => {
        for (const event of events) give(event);
      });
      return true;
    } catch (error) {
      tell(error);
      return false;
    }
  };
}
