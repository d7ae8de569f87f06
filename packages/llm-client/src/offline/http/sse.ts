import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

/**
 * Writes each of `events` as one server-sent event, `[DONE]` behind the last, and ends the response.
 * Waits for the socket when it is full, and `delayMs` between two events. Rejects with an `AbortError` as soon
 * as `signal` aborts, whether it was waiting for the clock or for the reader.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function writeEvents(
  response: ServerResponse,
  events: Iterable<object>,
  delayMs: number,
  signal: AbortSignal,
): Promise<void> {
  let first = true;
  for (const event of events) {
    if (!first) await (delayMs > 0 ? setTimeout(delayMs, undefined, { signal }) : turn(signal));
    first = false;
    await write(response, `data: ${JSON.stringify(event)}\n\n`, signal);
  }
  await write(response, 'data: [DONE]\n\n', signal);
  response.end();
}

/** Lets others run between two chunks, so that a long stream neither blocks them nor misses a disconnect. */
function turn(signal: AbortSignal): Promise<void> {
  return setImmediate(undefined, { signal });
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!response.write(text)) await once(response, 'drain', { signal });
}
