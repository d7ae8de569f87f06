import type { WireCompletion } from '@pd/call-log/openai-wire';
import type { CallNode, CallStart, Usage } from '@pd/call-log/schema';
import type { Backend } from '../backend/backend.ts';
import type { Cassette } from './cassette.ts';
import { throwIfFailed } from './recorded-failure.ts';

/** Answers calls from a recorded run: replies as they were, recorded errors as errors, nothing over the network. */
export function createCassetteBackend(path: string): Backend {
  let loading: Promise<Cassette> | undefined;
  const take = async (start: CallStart): Promise<CallNode> => {
    // Loaded when first needed, so that a client that replays nothing does not pay for the reader.
    loading ??= import('./cassette.ts').then(({ Cassette }) => Cassette.load(path));
    return (await loading).take(start);
  };
  return {
    async chat({ call }) {
      const recorded = await take(call);
      throwIfFailed(recorded);
      return toCompletion(recorded);
    },
    async stream({ call }) {
      return toChunks(await take(call));
    },
  };
}

/** A streamed reply in the pieces it came in; ends the way it ended. */
async function* toChunks(call: CallNode): AsyncGenerator<WireCompletion> {
  const { choices = [], ...head } = toCompletion(call);
  const { content, ...rest } = choices?.[0]?.message ?? {};
  const finish_reason = choices?.[0]?.finish_reason ?? null;
  for (const piece of pieces(content ?? '')) {
    yield { ...head, usage: null, choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] };
  }
  throwIfFailed(call);
  // `content: ''` where there was one, so that an empty reply does not become a missing one.
  const delta = { ...rest, ...(content === '' && { content }) };
  yield { ...head, choices: [{ index: 0, delta, finish_reason }] };
}

function* pieces(text: string): Generator<string> {
  yield* text.match(/\S+\s*|\s+/g) ?? [];
}

function toCompletion({ post, usage }: CallNode): WireCompletion {
  return {
    ...(post?.id !== undefined && { id: post.id }),
    ...(post?.model !== undefined && { model: post.model }),
    choices: [{ index: 0, message: post?.message ?? {}, finish_reason: post?.finish_reason_raw ?? null }],
    ...(usage !== undefined && usage.source !== 'none' && { usage: toWireUsage(usage) }),
  };
}

function toWireUsage(usage: Usage) {
  const { input_tokens, output_tokens, cache_read_input_tokens, reasoning_output_tokens } = usage;
  return {
    ...(input_tokens !== undefined && { prompt_tokens: input_tokens }),
    ...(output_tokens !== undefined && { completion_tokens: output_tokens }),
    ...(cache_read_input_tokens !== undefined && {
      prompt_tokens_details: { cached_tokens: cache_read_input_tokens },
    }),
    ...(reasoning_output_tokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: reasoning_output_tokens },
    }),
  };
}
