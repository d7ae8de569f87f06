import type { WireChoice, WireCompletion } from '@pd/call-log/openai-wire';
import type { AttemptNode, CallNode, CallStart, JsonObject } from '@pd/call-log/schema';
import type { Backend, BackendRequest } from '../backend/backend.ts';
import type { WaitingClock } from '../call/clock.ts';
import { wait } from '../call/wait.ts';
import { ReplayMissError } from '../errors/replay-miss-error.ts';
import type { Cassette } from './cassette.ts';
import { recordedChunks, startOfReply } from './recorded-chunks.ts';
import { throwIfFailed } from './recorded-failure.ts';
import { toResponse, toResponseEvents } from './recorded-response.ts';
import type { ReplayPlan } from './replay-options.ts';
import { toWireUsage } from './to-wire-usage.ts';

/** A recorded call and how many of its attempts have been made again. */
interface Played {
  call: CallNode;
  attempts: readonly AttemptNode[];
  made: number;
}

/**
 * Answers calls from a recorded run: replies as they were, recorded errors as errors, nothing over the network.
 *
 * @param server answers what is not on record, where the plan says so
 */
export function createCassetteBackend(plan: ReplayPlan, server: Backend, clock: WaitingClock): Backend {
  let loading: Promise<Cassette> | undefined;
  /** The calls that are on record. */
  const playing = new WeakMap<CallStart, Played>();
  const begun = new WeakMap<CallStart, Promise<Played>>();
  /** The calls that are not on record. */
  const missing = new WeakSet<CallStart>();

  const find = async (start: CallStart): Promise<Played> => {
    // Loaded when first needed, so that a client that replays nothing does not pay for the reader.
    loading ??= import('./cassette.ts').then(({ Cassette }) => Cassette.load(plan.path, plan.redact));
    const call = await (await loading).take(start);
    const attempts = call.attempts.filter(({ status }) => status !== 'interrupted');
    const played = { call, attempts, made: 0 };
    playing.set(start, played);
    return played;
  };

  /** Each call takes one from the record. */
  const begin = (start: CallStart): Promise<Played> => {
    const known = begun.get(start);
    if (known !== undefined) return known;
    const finding = find(start);
    begun.set(start, finding);
    return finding;
  };

  /** What the record has for the call's next attempt: the call itself for the last one, else the failed attempt. */
  const next = async (start: CallStart): Promise<CallNode | AttemptNode | undefined> => {
    try {
      const played = await begin(start);
      const attempt = played.attempts[played.made++];
      return attempt === undefined || played.made >= played.attempts.length ? played.call : attempt;
    } catch (error) {
      if (!plan.recordMissing || !(error instanceof ReplayMissError)) throw error;
      missing.add(start);
      return undefined;
    }
  };

  /** Waits until a recorded time of an attempt that began at `since`. */
  const until = async (atMs: number, since: number, signal: AbortSignal): Promise<void> => {
    if (plan.scale > 0) await wait(since + atMs * plan.scale - clock.monotonicMs(), signal, clock);
  };

  /** A streamed reply in the pieces it came in; ends the way it ended. */
  async function* stream(call: CallNode, since: number, signal: AbortSignal): AsyncGenerator<WireCompletion> {
    for (const { atMs, chunk } of recordedChunks(call, toCompletion(call))) {
      await until(atMs, since, signal);
      yield chunk;
    }
    await until(lengthOf(call), since, signal);
    throwIfFailed(call);
  }

  const orMiss = <T>(ask: ((request: BackendRequest) => T) | undefined, request: BackendRequest): T => {
    if (ask !== undefined) return ask(request);
    const reason = `what answers ${request.call.operation} is not on record`;
    throw new ReplayMissError(plan.path, request.call.agent?.id ?? '', reason);
  };

  return {
    async chat(request: BackendRequest) {
      const since = clock.monotonicMs();
      const recorded = await next(request.call);
      if (recorded === undefined) return server.chat(request);
      await until(lengthOf(recorded), since, request.signal);
      throwIfFailed(recorded);
      return isCall(recorded) ? toCompletion(recorded) : CUT_OFF;
    },
    async stream(request: BackendRequest) {
      const since = clock.monotonicMs();
      const recorded = await next(request.call);
      if (recorded === undefined) return server.stream(request);
      // A whole call may fail after its first chunks; of an attempt before it nothing was shown.
      if (isCall(recorded)) return stream(recorded, since, request.signal);
      await until(lengthOf(recorded), since, request.signal);
      throwIfFailed(recorded);
      return nothing();
    },
    async kept(start) {
      // What is wrong with the record is said by the attempt.
      const call = await begin(start).then(
        (played) => played.call,
        () => undefined,
      );
      if (call?.post?.cached !== true || call.attempts.length > 0) return undefined;
      return { reply: call.post, usage: call.usage ?? { source: 'none' } };
    },
    recorded(call) {
      if (missing.has(call)) return undefined;
      const { attempts = [], made = 0 } = playing.get(call) ?? {};
      const { usage, cost_usd: costUsd } = attempts[made - 1] ?? {};
      return { usage, costUsd, nextModel: attempts[made]?.model };
    },
    async responses(request) {
      const recorded = await next(request.call);
      if (recorded === undefined) return orMiss(server.responses, request);
      throwIfFailed(recorded);
      // One that was cut off has no end; that is how the events of a stream say so.
      if (!isCall(recorded)) return {};
      const response = toResponse(recorded);
      return recorded.status === 'truncated' ? ({ response } as object) : response;
    },
    async streamResponses(request) {
      const recorded = await next(request.call);
      if (recorded === undefined) return orMiss(server.streamResponses, request);
      if (!isCall(recorded)) throwIfFailed(recorded);
      return endedAsRecorded(isCall(recorded) ? toResponseEvents(toResponse(recorded)) : [], recorded);
    },
    async embeddings(request) {
      const recorded = await next(request.call);
      if (recorded !== undefined) throwIfFailed(recorded);
      // The log holds no vectors.
      return orMiss(plan.recordMissing ? server.embeddings : undefined, request);
    },
  };
}

/** How long the attempt took, in milliseconds. */
function lengthOf(recorded: CallNode | AttemptNode): number {
  const { duration_ms = 0 } = recorded;
  return isCall(recorded) ? duration_ms - startOfReply(recorded) : duration_ms;
}

async function* nothing(): AsyncGenerator<WireCompletion> {}

/** Of an attempt whose reply broke off, no more than that is on record. */
const CUT_OFF: WireCompletion = { choices: [] };

function isCall(recorded: CallNode | AttemptNode): recorded is CallNode {
  return 'pre' in recorded;
}

async function* endedAsRecorded<T>(events: Iterable<T>, call: CallNode | AttemptNode): AsyncGenerator<T> {
  yield* events;
  throwIfFailed(call);
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
