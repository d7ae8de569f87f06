import { currentContext, resolveAgent } from '@pd/call-log/context';
import { retryAfterMs } from '@pd/call-log/openai-wire';
import { type Clock, systemClock, type WaitingClock } from '../call/clock.ts';
import type { AttemptPlan, Gate, Pass } from '../gate/gate.ts';
import { attemptTokens, estimatedAttemptTokens } from './attempt-tokens.ts';
import { Lane, type Waiting } from './lane.ts';
import { readRateLimits } from './rate-limit-headers.ts';
import { SlidingWindow, type Taken } from './sliding-window.ts';

/** How much may go out at a time; what is not given is not limited. */
export interface LimiterOptions {
  /** Attempts under way at the same time; a stream is until it has been read, or left. */
  concurrency?: number;
  /** Attempts that may begin in any 60 seconds. */
  requestsPerMinute?: number;
  /** Tokens, input and output together, in any 60 seconds. */
  tokensPerMinute?: number;
  /** The providers (`openai`) and models (`openai/gpt-5-mini`) that it is for; the others pass. Default: all. */
  only?: readonly string[];
  /** Default: the system's clock. */
  clock?: Clock;
}

/** How many attempts there are. */
export interface LimiterState {
  /** Let through and not over. */
  active: number;
  waiting: number;
}

/** So many deployments are remembered whether they are in use or not: with a key for each user there is no end to them. */
const MANY_LANES = 100;

const FREE: Pass = { leave: () => {} };

/**
 * Makes attempts wait for their turn: a gate for a client, for an agent or for one call. Agents take turns, and the
 * attempts of one agent go in the order they came. What a provider says of its own limits is heeded besides, for each
 * deployment (server, model and key) by itself.
 */
export class Limiter implements Gate {
  readonly #concurrency: number;
  readonly #window: SlidingWindow;
  readonly #only: ReadonlySet<string> | undefined;
  readonly #clock: WaitingClock;
  /** By deployment, in the order of their turns; those with nothing under way are kept for what their provider said. */
  readonly #lanes = new Map<string, Lane>();
  #active = 0;
  #waiting = 0;
  #stopTimer: (() => void) | undefined;

  /** Made by {@link createLimiter}. */
  constructor(options: LimiterOptions) {
    const { concurrency = Infinity, requestsPerMinute = Infinity, tokensPerMinute = Infinity } = options;
    this.#concurrency = concurrency;
    this.#window = new SlidingWindow(requestsPerMinute, tokensPerMinute);
    this.#only = options.only === undefined ? undefined : new Set(options.only);
    this.#clock = { ...systemClock, ...options.clock };
  }

  /** How many attempts are under way and how many wait. */
  get state(): LimiterState {
    return { active: this.#active, waiting: this.#waiting };
  }

  /** @throws the reason of an abort */
  enter(plan: AttemptPlan): Pass | Promise<Pass> {
    const { provider, model } = plan.deployment;
    if (this.#only !== undefined && !this.#only.has(provider) && !this.#only.has(`${provider}/${model}`))
      return FREE;
    const lane = this.#laneOf(plan);
    const tokens = estimatedAttemptTokens(plan.body);
    const admitted = this.#enqueue(lane, plan, tokens);
    return admitted instanceof Promise
      ? admitted.then((taken) => this.#pass(lane, tokens, taken))
      : this.#pass(lane, tokens, admitted);
  }

  /** In line, even when nobody else waits: there is one way in. */
  #enqueue(lane: Lane, { call, signal }: AttemptPlan, tokens: number): Taken | Promise<Taken> {
    signal.throwIfAborted();
    const owner = (call.agent ?? resolveAgent(call, currentContext())?.agent)?.id;
    let taken: Taken | undefined;
    const { promise, resolve, reject } = Promise.withResolvers<Taken>();
    const onAbort = () => {
      lane.queue.delete(owner, waiting);
      this.#waiting--;
      this.#wake();
      reject(signal.reason);
    };
    const waiting: Waiting = {
      tokens,
      admit: (admitted) => {
        taken = admitted;
        signal.removeEventListener('abort', onAbort);
        resolve(admitted);
      },
    };
    signal.addEventListener('abort', onAbort, { once: true });
    lane.queue.add(owner, waiting);
    this.#waiting++;
    this.#wake();
    return taken ?? promise;
  }

  #pass(lane: Lane, estimated: number, taken: Taken): Pass {
    let isCounted = false;
    const counted = () => {
      if (!isCounted) lane.counted(estimated);
      isCounted = true;
    };
    return {
      answered: (headers) => {
        counted();
        const date = this.#clock.now().getTime();
        const limits = readRateLimits(headers, date);
        lane.see(limits, retryAfterMs(headers, date), this.#clock.monotonicMs());
      },
      leave: (outcome) => {
        counted();
        this.#active--;
        // What never reached a server was counted by nobody.
        const wasSent = outcome.billable || outcome.headers !== undefined;
        this.#window.correct(taken, wasSent ? 1 : 0, attemptTokens(outcome, estimated));
        this.#wake();
      },
    };
  }

  /** Lets in whoever there is room for, and sets the timer for the next. */
  #wake(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    let soonestMs = Infinity;
    // Once around without letting anybody in, and there is nobody left.
    let passedBy = 0;
    while (this.#waiting > 0 && this.#active < this.#concurrency && passedBy < this.#lanes.size) {
      const [key, lane] = this.#lanes.entries().next().value as [string, Lane];
      const nowMs = this.#clock.monotonicMs();
      const next = lane.queue.peek();
      const laneMs = next === undefined ? Infinity : lane.readyInMs(next.tokens, nowMs);
      // The window is for all: nobody with a smaller request overtakes.
      const windowMs = laneMs > 0 || next === undefined ? 0 : this.#window.readyInMs(next.tokens, nowMs);
      if (windowMs > 0) {
        soonestMs = windowMs;
        break;
      }
      this.#lanes.delete(key);
      this.#lanes.set(key, lane);
      if (laneMs > 0) {
        soonestMs = Math.min(soonestMs, laneMs);
        passedBy++;
      } else {
        this.#admitNext(lane, nowMs);
        passedBy = 0;
      }
    }
    if (this.#waiting > 0 && this.#active < this.#concurrency && soonestMs < Infinity)
      this.#stopTimer = this.#clock.after(Math.ceil(soonestMs), () => this.#wake());
  }

  #admitNext(lane: Lane, nowMs: number): void {
    const next = lane.queue.shift() as Waiting;
    this.#waiting--;
    this.#active++;
    lane.sent(next.tokens);
    next.admit(this.#window.take(next.tokens, nowMs));
  }

  #laneOf({ deployment: { baseURL, model, apiKey } }: AttemptPlan): Lane {
    const key = JSON.stringify([baseURL, model, apiKey]);
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      if (this.#lanes.size >= MANY_LANES) this.#forgetIdle();
      lane = new Lane();
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #forgetIdle(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [key, lane] of this.#lanes)
      if (lane.isIdle && lane.readyInMs(1, nowMs) === 0) this.#lanes.delete(key);
  }
}

/**
 * Makes a {@link Limiter}. Without any limit of its own it heeds those that providers tell.
 *
 * @throws RangeError for options that make no sense
 */
export function createLimiter(options: LimiterOptions = {}): Limiter {
  const { only } = options;
  for (const name of ['concurrency', 'requestsPerMinute', 'tokensPerMinute'] as const) {
    const limit: unknown = options[name];
    const isLimit =
      limit === undefined ||
      limit === Infinity ||
      (typeof limit === 'number' && Number.isInteger(limit) && limit > 0);
    if (!isLimit)
      throw new RangeError(`a limiter's ${name} must be a whole number from 1, not ${String(limit)}`);
  }
  if (
    only !== undefined &&
    !(Array.isArray(only) && only.every((name) => typeof name === 'string' && name !== ''))
  )
    throw new RangeError(
      "a limiter's only must be a list of providers and models, such as ['openai/gpt-5-mini']",
    );
  return new Limiter(options);
}
