import type { WireChoice, WireCompletion } from '@pd/call-log/openai-wire';
import type { CallNode } from '@pd/call-log/schema';

/** A piece of a recorded reply, and when it came: in milliseconds since its attempt began. */
export interface Timed<Chunk> {
  atMs: number;
  chunk: Chunk;
}

/**
 * A streamed reply as it came: its text in the recorded pieces at their times. On record of the reasoning is only its
 * whole text; it comes first, as models think, when the first of anything came. Tool calls and the rest come last.
 *
 * @param whole the reply as one completion
 */
export function* recordedChunks(call: CallNode, whole: WireCompletion): Generator<Timed<WireCompletion>> {
  const { choices = [], ...head } = whole;
  const [first, ...others] = choices ?? [];
  const { message } = first ?? {};
  const { role, content, reasoning, reasoning_content, tool_calls, ...rest } = message ?? {};
  const offset = startOfReply(call);
  const lastMs = (call.duration_ms ?? 0) - offset;
  const firstMs = Math.min((call.time_to_first_chunk_ms ?? call.duration_ms ?? 0) - offset, lastMs);
  const piece = (atMs: number, choice: WireChoice): Timed<WireCompletion> => ({
    atMs,
    chunk: { ...head, usage: null, choices: [{ index: 0, finish_reason: null, ...choice }] },
  });
  const thought = {
    ...(typeof reasoning_content === 'string' && { reasoning_content }),
    ...(typeof reasoning === 'string' && { reasoning }),
  };
  if (Object.keys(thought).length > 0) yield piece(firstMs, { delta: { ...(role && { role }), ...thought } });
  const text = typeof content === 'string' ? content : '';
  const { ends = [], at_ms: times = [] } = call.chunks ?? {};
  for (const [i, part] of pieces(text, ends).entries()) {
    const atMs = (times[i] ?? call.duration_ms ?? 0) - offset;
    if (part !== '') yield piece(atMs, { delta: { content: part } });
  }
  for (const [index, toolCall] of (tool_calls ?? []).entries())
    yield piece(lastMs, { delta: { tool_calls: [{ ...toolCall, index }] } });
  // `content: ''` where there was one, so that an empty reply does not become a missing one.
  const delta = { ...(role && { role }), ...rest, ...(content === '' && { content }) };
  const hasMessage = call.post?.message !== undefined;
  const end = [{ ...first, message: undefined, delta }, ...others];
  yield { atMs: lastMs, chunk: { ...head, choices: hasMessage ? end : [] } };
}

/** When an attempt began, the one that the reply is of unless told otherwise, in milliseconds since the call began. */
export function startOfReply({ started_at, attempts }: CallNode, attempt = attempts.at(-1)): number {
  const begun = Date.parse(attempt?.started_at ?? started_at) - Date.parse(started_at);
  return Number.isFinite(begun) && begun > 0 ? begun : 0;
}

/** In the recorded pieces; by words when there are none. What was scrubbed since may be shorter or longer than they say. */
export function pieces(text: string, ends: readonly number[]): string[] {
  if (ends.length === 0) return text.match(/\S+\s*|\s+/g) ?? [];
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, i === ends.length - 1 ? undefined : end));
}
