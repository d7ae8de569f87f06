import type { WireCompletion } from '@pd/call-log/openai-wire';

/** The finish reason of a reply that gave none, of a provider that is known to give none. */
const END = 'end_of_reply';

/** The chunks, and one that ends the choices which have not ended by themselves. */
export async function* endedStream(chunks: AsyncIterable<WireCompletion>): AsyncGenerator<WireCompletion> {
  const open = new Set<number>();
  for await (const chunk of chunks) {
    for (const { index = 0, finish_reason } of chunk.choices ?? []) {
      if (finish_reason) open.delete(index);
      else open.add(index);
    }
    yield chunk;
  }
  if (open.size > 0) yield { choices: [...open].map((index) => ({ index, delta: {}, finish_reason: END })) };
}

/** The reply, with an end for the choices that have none. */
export function endedReply(reply: WireCompletion): WireCompletion {
  const choices = reply.choices?.map((choice) => ({ ...choice, finish_reason: choice.finish_reason ?? END }));
  return { ...reply, ...(choices !== undefined && { choices }) };
}
