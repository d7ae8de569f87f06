import { currentContext } from './identity/context.ts';
import { toPlainJson } from './journal/to-plain-json.ts';
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
    // As plain JSON, because pino cuts whatever it cannot serialize off below a depth of five. Redacted by the transport.
    const { value: pd } = toPlainJson({ ...event, at }, (text) => text);
    pino.info({ pd, pd_context: currentContext() });
  };
}
