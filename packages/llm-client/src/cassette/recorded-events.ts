import type { WireResponse, WireResponseEvent } from '@pd/call-log/openai-wire';
import type { CallNode } from '@pd/call-log/schema';
import type { Timed } from './recorded-chunks.ts';

/** How a text arrived, as in the log; times in milliseconds since the attempt began. */
export interface Arrival {
  ends: readonly number[];
  times: readonly number[];
  lastMs: number;
}

/** A text of which nothing is known comes at once, by words. */
const AT_ONCE: Arrival = { ends: [], times: [], lastMs: 0 };

/**
 * A response as the events of a stream: every item of the output when it is done, its text before that, in the recorded
 * pieces at their times.
 */
export function* recordedEvents(
  response: WireResponse,
  { ends, times, lastMs }: Arrival = AT_ONCE,
): Generator<Timed<WireResponseEvent>> {
  let told = 0;
  let next = 0;
  const now = () => times[next] ?? lastMs;
  for (const [output_index, item] of (response.output ?? []).entries()) {
    const added = { ...item, content: [], arguments: '' };
    yield { atMs: now(), chunk: { type: 'response.output_item.added', output_index, item: added } };
    for (const text of item.type === 'message' ? textsOf(item.content) : []) {
      for (const delta of cut(text, told, ends)) {
        yield { atMs: now(), chunk: { type: 'response.output_text.delta', output_index, delta } };
        told += delta.length;
        while ((ends[next] ?? Number.POSITIVE_INFINITY) <= told) next++;
      }
    }
    yield { atMs: now(), chunk: { type: 'response.output_item.done', output_index, item } };
  }
  // Without a finish reason it was cut off, and is again.
  if (response.status !== undefined)
    yield { atMs: lastMs, chunk: { type: `response.${response.status}`, response } };
}

/** The texts of a message, whatever a record or a cache holds. */
function textsOf(content: unknown): string[] {
  return (Array.isArray(content) ? content : []).flatMap((part: { text?: unknown } | null) =>
    typeof part?.text === 'string' ? [part.text] : [],
  );
}

/** In the pieces that it came in, of which the log has the ends in the text of the whole response; else by words. */
function cut(text: string, from: number, ends: readonly number[]): string[] {
  if (ends.length === 0) return text.match(/\S+\s*|\s+/g) ?? [];
  const places = ends.map((end) => end - from).filter((place) => place > 0 && place < text.length);
  return [...places, text.length].map((end, i) => text.slice(places[i - 1] ?? 0, end)).filter(Boolean);
}

/** How the text of a recorded call arrived. @param offset when its attempt began, in milliseconds since the call did */
export function arrivalOf({ chunks, duration_ms = 0 }: CallNode, offset: number): Arrival {
  const { ends = [], at_ms = [] } = chunks ?? {};
  return { ends, times: at_ms.map((each) => each - offset), lastMs: duration_ms - offset };
}
