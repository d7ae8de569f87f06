import { type GuardedLogger, ProgressPieces } from '@pd/call-log/logger';
import type {
  AttemptEnd,
  AttemptStart,
  CallEnd,
  CallEnding,
  CallStart,
  ErrorRecord,
  LogEvent,
  Reply,
  Usage,
} from '@pd/call-log/schema';
import type { Clock } from './clock.ts';
import { isoTime } from './iso-time.ts';
import { addCost, type CostSum, wholeCost } from './sum-cost.ts';
import { sumUsage } from './sum-usage.ts';

/** What is known when an attempt or a call ends. */
export interface Outcome {
  status: CallEnding;
  reply: Reply;
  usage: Usage;
  costUsd?: number;
  error?: ErrorRecord;
  retryAfterMs?: number;
  timeToFirstChunkMs?: number;
  chunks?: CallEnd['chunks'];
}

/** A call that an earlier process of the run began and did not end. */
export interface BegunCall {
  id: string;
  /** The number of its last attempt; 0 when it had none. */
  attempts: number;
  /** Of those of its attempts that are over. */
  usage: Usage;
  cost: CostSum;
  /** The run that it belongs to, where that is known. */
  runId: string | undefined;
}

/** Tells the logger about one call and its attempts; whatever happens, each begins once and ends once. */
export class CallRecord {
  readonly id: string;
  readonly #start: CallStart;
  readonly #log: GuardedLogger;
  readonly #clock: Clock;
  readonly #startedMs: number;
  readonly #progress = new ProgressPieces((text) =>
    this.#emit({ type: 'call.progress', call_id: this.id, text }),
  );
  /** Of the attempt that is on its way. */
  #attempt: { number: number; startedMs: number; httpStatus: number | undefined } | undefined;
  #attempts = 0;
  /** Of all attempts that are over. */
  #cost: CostSum = { usd: undefined, isPartial: false };
  #usage: Usage = { source: 'none' };
  #ended = false;
  #begun = false;
  /** Told with every event where the log has not been told the beginning. */
  #runId: string | undefined;

  /**
   * The beginning is told with the first attempt, in one write, if that begins at once; {@link begin} tells it alone.
   *
   * @param begun what an earlier process has told of the same call, which this one goes on with
   */
  constructor(start: Omit<CallStart, 'at'>, log: GuardedLogger, clock: Clock, begun?: BegunCall) {
    this.id = begun?.id ?? start.call_id;
    this.#log = log;
    this.#clock = clock;
    this.#startedMs = clock.monotonicMs();
    this.#start = { ...start, call_id: this.id, at: this.#at() };
    if (begun === undefined) return;
    this.#begun = true;
    this.#attempts = begun.attempts;
    this.#usage = begun.usage;
    this.#cost = begun.cost;
    this.#runId = begun.runId;
  }

  /** The call's first record. */
  get start(): CallStart {
    return this.#start;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** How many requests have gone out. */
  get attempts(): number {
    return this.#attempts;
  }

  /** What all attempts so far have cost; `undefined` when one that was paid for has no price. */
  get costUsd(): number | undefined {
    return wholeCost(this.#cost);
  }

  /** The same with an attempt that is not over yet. */
  costWith(attempt: { usage: Usage; costUsd?: number | undefined }): number | undefined {
    return wholeCost(addCost(this.#cost, attempt));
  }

  /** The tokens of all attempts that are over. */
  get usage(): Usage {
    return this.#usage;
  }

  /** Puts the beginning on record now, before anything is waited for. */
  begin(): void {
    if (!this.#begun) this.#emit();
  }

  /**
   * A request is about to go out.
   *
   * @param waitedMs since the attempt before it, at the gates included
   * @param mended what was mended for its provider, whose rules are not those of the call's
   */
  startAttempt(provider: string, model: string, waitedMs?: number, mended?: AttemptStart['mended']): void {
    if (this.#ended) return;
    const number = ++this.#attempts;
    this.#attempt = { number, startedMs: this.#clock.monotonicMs(), httpStatus: undefined };
    this.#emit({
      type: 'attempt.start',
      at: this.#at(),
      call_id: this.id,
      number,
      provider,
      model,
      ...(waitedMs !== undefined && { waited_ms: Math.round(waitedMs) }),
      ...(mended !== undefined && { mended }),
    });
  }

  /** The attempt has an answer with this HTTP status. */
  answered(httpStatus: number): void {
    if (this.#attempt !== undefined) this.#attempt.httpStatus = httpStatus;
  }

  /** Since the call began. */
  elapsedMs(): number {
    return this.#since(this.#startedMs);
  }

  /** More of the reply's text has come. Told in pieces, so that a token costs next to nothing. */
  text(added: string): void {
    this.#progress.push(added);
  }

  /** The attempt is over and the call is not: there will be another one. */
  endAttempt(outcome: Outcome): void {
    const event = this.#attemptEnd(outcome);
    if (event !== undefined) this.#emit(event);
  }

  #attemptEnd({ status, reply, usage, costUsd, error, retryAfterMs }: Outcome): AttemptEnd | undefined {
    const attempt = this.#attempt;
    if (this.#ended || attempt === undefined) return undefined;
    this.#attempt = undefined;
    this.#usage = sumUsage(this.#usage, usage);
    this.#cost = addCost(this.#cost, { usage, costUsd });
    const httpStatus = error?.status ?? attempt.httpStatus;
    return {
      type: 'attempt.end',
      at: this.#at(),
      call_id: this.id,
      number: attempt.number,
      status,
      duration_ms: this.#since(attempt.startedMs),
      usage,
      ...(costUsd !== undefined && { cost_usd: costUsd }),
      ...(error !== undefined && { error }),
      ...(reply.model !== undefined && { model: reply.model }),
      ...(httpStatus !== undefined && { http_status: httpStatus }),
      ...(retryAfterMs !== undefined && { retry_after_ms: Math.round(retryAfterMs) }),
    };
  }

  /** The call is over, and the attempt that is on its way with it. */
  end(outcome: Outcome): void {
    if (this.#ended) return;
    this.#progress.end();
    const attemptEnd = this.#attemptEnd(outcome);
    const { status, reply, error, timeToFirstChunkMs, chunks } = outcome;
    // Without an attempt there is nothing to add up: this is an answer from a cache, which has its tokens and cost nothing.
    if (reply.cached === true) {
      this.#usage = outcome.usage;
      this.#cost = { usd: outcome.costUsd, isPartial: false };
    }
    this.#ended = true;
    const { costUsd } = this;
    const callEnd: CallEnd = {
      type: 'call.end',
      at: this.#at(),
      call_id: this.id,
      status,
      duration_ms: this.elapsedMs(),
      reply,
      usage: this.#usage,
      ...(costUsd !== undefined && { cost_usd: costUsd }),
      ...(error !== undefined && { error }),
      ...(timeToFirstChunkMs !== undefined && { time_to_first_chunk_ms: timeToFirstChunkMs }),
      ...(chunks !== undefined && { chunks }),
    };
    if (attemptEnd === undefined) this.#emit(callEnd);
    else this.#emit(attemptEnd, callEnd);
  }

  /** Tells what happens together at once. */
  #emit(...events: LogEvent[]): void {
    if (!this.#begun) {
      this.#begun = true;
      events.unshift(this.#start);
    }
    const runId = this.#runId;
    const told = runId === undefined ? events : events.map((event) => ({ ...event, run_id: runId }));
    const [first] = told;
    if (first !== undefined && told.length === 1) this.#log(first);
    else this.#log.batch(told);
  }

  #since(startedMs: number): number {
    return Math.round((this.#clock.monotonicMs() - startedMs) * 1000) / 1000;
  }

  #at(): string {
    return isoTime(this.#clock.now());
  }
}
