import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** The events of a chat completion's stream, and `[DONE]` behind the last. */
export function* toChatFrames(chunks: Iterable<object>): Generator<string> {
  for (const chunk of chunks) yield `data: ${JSON.stringify(chunk)}\n\n`;
  yield 'data: [DONE]\n\n';
}

/** The events of a response's stream, each under its name. */
export function* toResponseFrames(events: Iterable<{ type: string }>): Generator<string> {
  for (const event of events) yield `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/**
 * Writes server-sent events and ends the response.
 * Waits for the socket when it is full, and `delayMs` between two events. Rejects with an `AbortError` as soon
 * as `signal` aborts, whether it was waiting for the clock or for the reader.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function writeFrames(
  response: ServerResponse,
  frames: Iterable<string>,
  delayMs: number,
  signal: AbortSignal,
): Promise<void> {
  let first = true;
  for (const frame of frames) {
    if (!first) await (delayMs > 0 ? setTimeout(delayMs, undefined, { signal }) : turn(signal));
    first = false;
    await write(response, frame, signal);
  }
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
