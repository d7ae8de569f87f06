import type { WireChoice, WireCompletion } from '@pd/call-log/openai-wire';
import type { AttemptNode, CallNode, CallStart, JsonObject } from '@pd/call-log/schema';
import type { Backend, BackendRequest } from '../backend/backend.ts';
import type { WaitingClock } from '../call/clock.ts';
import { wait } from '../call/wait.ts';
import { unpackVectors } from '../embeddings/pack-vectors.ts';
import { ReplayMissError } from '../errors/replay-miss-error.ts';
import type { Cassette } from './cassette.ts';
import { cassetteName } from './cassette-name.ts';
import { recordedChunks, startOfReply, type Timed } from './recorded-chunks.ts';
import { arrivalOf, recordedEvents } from './recorded-events.ts';
import { throwIfFailed } from './recorded-failure.ts';
import { toResponse } from './recorded-response.ts';
import type { ReplayPlan } from './replay-options.ts';
import { toWireUsage } from './to-wire-usage.ts';
import { voidText } from './void-text.ts';

/** A recorded call and how many of its attempts have been made again. */
interface Played {
  call: CallNode;
  attempts: readonly AttemptNode[];
  made: number;
}

/** What is on record of an attempt. */
interface Turn {
  call: CallNode;
  /** The attempt, when there was another one after it; else the ending of the call is its own. */
  failed: AttemptNode | undefined;
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
    loading ??= import('./cassette.ts').then(({ Cassette }) => Cassette.load(plan.paths, plan.redact));
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

  /** What the record has for the call's next attempt; `undefined` when the server is to be asked. */
  const next = async (start: CallStart): Promise<Turn | undefined> => {
    try {
      const played = await begin(start);
      const attempt = played.attempts[played.made++];
      const isLast = attempt === undefined || played.made >= played.attempts.length;
      return { call: played.call, failed: isLast ? undefined : attempt };
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
  async function* play<Chunk>(
    { call, failed }: Turn,
    { ofCall, ofText }: { ofCall: () => Iterable<Timed<Chunk>>; ofText: (text: string) => Chunk },
    since: number,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk> {
    const pieces = failed === undefined ? ofCall() : voidText(call, failed, ofText);
    for (const { atMs, chunk } of pieces) {
      await until(atMs, since, signal);
      yield chunk;
    }
    await until(lengthOf(failed ?? call), since, signal);
    throwIfFailed(failed ?? call);
  }

  const orMiss = <T>(
    ask: ((request: BackendRequest) => T) | undefined,
    request: BackendRequest,
    reason = 'there is no server that could answer it',
  ): T => {
    if (ask !== undefined) return ask(request);
    throw new ReplayMissError(cassetteName(plan.paths), request.call.agent?.id ?? '', reason);
  };

  /** An answer that comes as a whole, when it came; fails as it failed. */
  const answer = async (request: BackendRequest): Promise<Turn | undefined> => {
    const since = clock.monotonicMs();
    const turn = await next(request.call);
    if (turn === undefined) return undefined;
    const recorded = turn.failed ?? turn.call;
    await until(lengthOf(recorded), since, request.signal);
    throwIfFailed(recorded);
    return turn;
  };

  return {
    async chat(request: BackendRequest) {
      const turn = await answer(request);
      if (turn === undefined) return server.chat(request);
      // Of an attempt whose reply broke off, no more than that is on record.
      return turn.failed === undefined ? toCompletion(turn.call) : { choices: [] };
    },
    async stream(request: BackendRequest) {
      const since = clock.monotonicMs();
      const turn = await next(request.call);
      if (turn === undefined) return server.stream(request);
      const ofCall = () => recordedChunks(turn.call, toCompletion(turn.call));
      const ofText = (content: string) => ({
        choices: [{ index: 0, delta: { content }, finish_reason: null }],
      });
      return play(turn, { ofCall, ofText }, since, request.signal);
    },
    async responses(request) {
      const turn = await answer(request);
      if (turn === undefined) return orMiss(server.responses, request);
      // One that was cut off has no end; that is how the events of a stream say so.
      if (turn.failed !== undefined) return {};
      const response = toResponse(turn.call);
      return turn.call.status === 'truncated' ? ({ response } as object) : response;
    },
    async streamResponses(request) {
      const since = clock.monotonicMs();
      const turn = await next(request.call);
      if (turn === undefined) return orMiss(server.streamResponses, request);
      const { call } = turn;
      const ofCall = () => recordedEvents(toResponse(call), arrivalOf(call, startOfReply(call)));
      const ofText = (delta: string) => ({ type: 'response.output_text.delta', output_index: 0, delta });
      return play(turn, { ofCall, ofText }, since, request.signal);
    },
    async embeddings(request) {
      const turn = await answer(request);
      const recorded = turn?.failed === undefined ? turn?.call.post : undefined;
      const data = recorded?.embeddings && unpackVectors(recorded.embeddings);
      if (recorded !== undefined && data !== undefined)
        return {
          ...(recorded.model !== undefined && { model: recorded.model }),
          data: data.map((embedding, index) => ({ index, embedding })),
        };
      // Asked anew, so that it is paid for anew.
      missing.add(request.call);
      const reason = 'its vectors are not on record; a client with recordVectors: true records them';
      return orMiss(plan.recordMissing ? server.embeddings : undefined, request, reason);
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
      const { usage, cost_usd: costUsd, model } = attempts[made - 1] ?? {};
      return { usage, costUsd, model, next: attempts[made] };
    },
  };
}

/** How long the attempt took, in milliseconds. */
function lengthOf(recorded: CallNode | AttemptNode): number {
  const { duration_ms = 0 } = recorded;
  return isCall(recorded) ? duration_ms - startOfReply(recorded) : duration_ms;
}

function isCall(recorded: CallNode | AttemptNode): recorded is CallNode {
  return 'pre' in recorded;
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
