import type { ChatRequest, ChatResult, LLMClient } from '@pd/llm-client';
import type { AgentPart } from '../agent.ts';

/** One step: asks the model, and gives what is worth telling on the way. */
export type Ask = (
  client: LLMClient,
  request: ChatRequest,
) => AsyncGenerator<AgentPart, ChatResult, undefined>;

/** Waits for the whole reply. */
// biome-ignore lint/correctness/useYield: a step that is not streamed has nothing to tell on the way
export async function* askForWhole(
  client: LLMClient,
  request: ChatRequest,
): AsyncGenerator<AgentPart, ChatResult, undefined> {
  return client.chat(request);
}

/** Streams the reply. */
export async function* askForStream(
  client: LLMClient,
  request: ChatRequest,
): AsyncGenerator<AgentPart, ChatResult, undefined> {
  const stream = client.stream(request);
  for await (const part of stream) {
    if (part.type === 'text-delta' || part.type === 'reasoning-delta' || part.type === 'restart') yield part;
  }
  return stream.result();
}

/** Streams the reply, but for its text, which is given when it may be. */
export async function* withoutText(
  source: AsyncGenerator<AgentPart, ChatResult, undefined>,
): AsyncGenerator<AgentPart, ChatResult, undefined> {
  try {
    for (;;) {
      const { done, value } = await source.next();
      if (done) return value;
      if (value.type !== 'text-delta') yield value;
    }
  } finally {
    // Left early, the request ends; after its end this does nothing.
    await source.return(undefined as never);
  }
}
