import { currentContext } from './identity/context.ts';
import type { Logger } from './schema/logger-events.ts';

/** The one method needed of a pino logger, or of any other that takes an object. */
export interface InfoLogger {
  info(line: object): void;
}

/**
 * A logger function that writes events through a pino logger of your own, to be picked up by
 * `@pd/call-log/transport` among its targets. The context is captured here, on the calling thread, because a
 * worker sees none.
 */
export function toPinoLogger(pino: InfoLogger): Logger {
  return (event) => {
    const at = event.at ?? new Date().toISOString();
    pino.info({ pd: { ...event, at }, pd_context: currentContext() });
  };
}
