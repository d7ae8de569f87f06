import type { WireChoice, WireCompletion } from '@pd/call-log/openai-wire';
import type { CallNode, CallStart, JsonObject, Usage } from '@pd/call-log/schema';
import type { Backend } from '../backend/backend.ts';
import { ReplayMissError } from '../errors/replay-miss-error.ts';
import type { Cassette } from './cassette.ts';
import { throwIfFailed } from './recorded-failure.ts';
import { toResponse, toResponseEvents } from './recorded-response.ts';

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
    async responses({ call }) {
      const recorded = await take(call);
      throwIfFailed(recorded);
      const response = toResponse(recorded);
      // One that was cut off has no end; that is how the events of a stream say so.
      return recorded.status === 'truncated' ? ({ response } as object) : response;
    },
    async streamResponses({ call }) {
      const recorded = await take(call);
      return endedAsRecorded(toResponseEvents(recorded), recorded);
    },
    async embeddings({ call }) {
      const reason = 'the log holds no vectors, so embeddings cannot be answered from it';
      throw new ReplayMissError(path, call.agent?.id ?? '', reason);
    },
  };
}

/** A streamed reply in the pieces it came in; ends the way it ended. */
async function* toChunks(call: CallNode): AsyncGenerator<WireCompletion> {
  const { choices = [], ...head } = toCompletion(call);
  const [first, ...others] = choices ?? [];
  const { content, ...rest } = first?.message ?? {};
  for (const piece of pieces(content ?? '')) {
    yield { ...head, usage: null, choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] };
  }
  throwIfFailed(call);
  // `content: ''` where there was one, so that an empty reply does not become a missing one.
  const delta = { ...rest, ...(content === '' && { content }) };
  yield { ...head, choices: [{ ...first, message: undefined, delta }, ...others] };
}

async function* endedAsRecorded<T>(events: Iterable<T>, call: CallNode): AsyncGenerator<T> {
  yield* events;
  throwIfFailed(call);
}

function* pieces(text: string): Generator<string> {
  yield* text.match(/\S+\s*|\s+/g) ?? [];
}

function toCompletion({ post, usage }: CallNode): WireCompletion {
  const others = (post?.other_choices ?? []).map((message, i) =>
    toChoice(i + 1, message, post?.other_ends?.[i]),
  );
  return {
    ...(post?.id !== undefined && { id: post.id }),
    ...(post?.model !== undefined && { model: post.model }),
    choices: [toChoice(0, post?.message, post), ...others],
    ...(usage !== undefined && usage.source !== 'none' && { usage: toWireUsage(usage) }),
  };
}

function toChoice(
  index: number,
  message: JsonObject = {},
  {
    finish_reason_raw = null,
    logprobs = null,
  }: { finish_reason_raw?: string | null; logprobs?: object | null } = {},
): WireChoice {
  return { index, message, finish_reason: finish_reason_raw, logprobs };
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
