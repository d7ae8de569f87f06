import type { WireChoice, WireCompletion } from '@pd/call-log/openai-wire';
import type { AttemptNode, CallNode, CallStart, JsonObject } from '@pd/call-log/schema';
import type { Backend } from '../backend/backend.ts';
import { ReplayMissError } from '../errors/replay-miss-error.ts';
import type { Cassette } from './cassette.ts';
import { throwIfFailed } from './recorded-failure.ts';
import { toResponse, toResponseEvents } from './recorded-response.ts';
import { toWireUsage } from './to-wire-usage.ts';

/** A recorded call and how many of its attempts have been made again. */
interface Played {
  call: CallNode;
  attempts: readonly AttemptNode[];
  made: number;
}

/** Answers calls from a recorded run: replies as they were, recorded errors as errors, nothing over the network. */
export function createCassetteBackend(path: string): Backend {
  let loading: Promise<Cassette> | undefined;
  /** The calls that will have another attempt. */
  const playing = new Map<string, Played>();

  const begin = async (start: CallStart): Promise<Played> => {
    // Loaded when first needed, so that a client that replays nothing does not pay for the reader.
    loading ??= import('./cassette.ts').then(({ Cassette }) => Cassette.load(path));
    const call = await (await loading).take(start);
    return { call, attempts: call.attempts.filter(({ status }) => status !== 'interrupted'), made: 0 };
  };

  /** What the record has for the call's next attempt: the call itself for the last one, else the failed attempt. */
  const next = async (start: CallStart): Promise<CallNode | AttemptNode> => {
    const played = playing.get(start.call_id) ?? (await begin(start));
    const attempt = played.attempts[played.made++];
    if (attempt === undefined || played.made >= played.attempts.length) {
      playing.delete(start.call_id);
      return played.call;
    }
    playing.set(start.call_id, played);
    return attempt;
  };

  return {
    async chat({ call }) {
      const recorded = await next(call);
      throwIfFailed(recorded);
      return isCall(recorded) ? toCompletion(recorded) : CUT_OFF;
    },
    async stream({ call }) {
      const recorded = await next(call);
      // A whole call may fail after its first chunks; of an attempt before it nothing was shown.
      if (!isCall(recorded)) throwIfFailed(recorded);
      return toChunks(recorded);
    },
    followedBy(callId) {
      const played = playing.get(callId);
      return played?.attempts[played.made]?.model;
    },
    async responses({ call }) {
      const recorded = await next(call);
      throwIfFailed(recorded);
      // One that was cut off has no end; that is how the events of a stream say so.
      if (!isCall(recorded)) return {};
      const response = toResponse(recorded);
      return recorded.status === 'truncated' ? ({ response } as object) : response;
    },
    async streamResponses({ call }) {
      const recorded = await next(call);
      if (!isCall(recorded)) throwIfFailed(recorded);
      return endedAsRecorded(isCall(recorded) ? toResponseEvents(recorded) : [], recorded);
    },
    async embeddings({ call }) {
      throwIfFailed(await next(call));
      const reason = 'the log holds no vectors, so embeddings cannot be answered from it';
      throw new ReplayMissError(path, call.agent?.id ?? '', reason);
    },
  };
}

/** Of an attempt whose reply broke off, no more than that is on record. */
const CUT_OFF: WireCompletion = { choices: [] };

function isCall(recorded: CallNode | AttemptNode): recorded is CallNode {
  return 'pre' in recorded;
}

/** A streamed reply in the pieces it came in; ends the way it ended. */
async function* toChunks(call: CallNode | AttemptNode): AsyncGenerator<WireCompletion> {
  if (!isCall(call)) return;
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

async function* endedAsRecorded<T>(events: Iterable<T>, call: CallNode | AttemptNode): AsyncGenerator<T> {
  yield* events;
  throwIfFailed(call);
}

function* pieces(text: string): Generator<string> {
  yield* text.match(/\S+\s*|\s+/g) ?? [];
}

function toCompletion({ post, usage, attempts, cost_usd }: CallNode): WireCompletion {
  const others = (post?.other_choices ?? []).map((message, i) =>
    toChoice(i + 1, message, post?.other_ends?.[i]),
  );
  return {
    ...(post?.id !== undefined && { id: post.id }),
    ...(post?.model !== undefined && { model: post.model }),
    choices: [toChoice(0, post?.message, post), ...others],
    // What was estimated is estimated again.
    ...(usage?.source === 'provider' && { usage: toWireUsage(usage, attempts.at(-1)?.cost_usd ?? cost_usd) }),
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
