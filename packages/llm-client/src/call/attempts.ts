import type { Reply, Usage } from '@pd/call-log/schema';
import type { BackendRequest, RecordedAttempt } from '../backend/backend.ts';
import type { KeptReplies } from '../cache/call-cache.ts';
import { AttemptTimeoutError } from '../errors/attempt-timeout-error.ts';
import { FilteredReplyError } from '../errors/filtered-reply-error.ts';
import { ProviderError } from '../errors/provider-error.ts';
import { type AttemptPlan, enterAll, type Pass } from '../gate/gate.ts';
import { isBillable } from '../money/is-billable.ts';
import { backoffMs } from '../retry/backoff.ts';
import { isRetryable } from '../retry/is-retryable.ts';
import type { Deployment } from '../routing/deployment.ts';
import { fallbackAfter, type Leg, pick } from '../routing/route.ts';
import type { Outcome } from './call-record.ts';
import { toFailure } from './failure.ts';
import type { PreparedCall } from './prepare-call.ts';
import { wait } from './wait.ts';

/**
 * How long a deployment is left alone after a rate limit without `Retry-After`, and after a failed server; in milliseconds.
 * Our choice.
 */
const COOLDOWN_MS = 5_000;

/** What came of an attempt besides its status. */
export interface Received {
  reply: Reply;
  usage: Usage;
  /** What the provider says that it cost, in US dollars. */
  reportedUsd?: number | undefined;
  /** The tier that the provider says it used. */
  serviceTier?: string | undefined;
  timeToFirstChunkMs?: number;
  chunks?: Outcome['chunks'];
}

/** The same with what was not counted estimated, and with its cost, where the price is known. */
export type Counted = Received & { costUsd?: number };

/** What is to be done after a failed attempt. */
type Next = { waitMs: number; leg: number };

/**
 * The attempts of one call: the only loop in which anything is tried again. Each attempt has a deployment, passes the
 * gates, is on record, and ends before the next one begins.
 */
export class Attempts {
  readonly #call: PreparedCall;
  readonly #turn: number;
  #leg = 0;
  /** Failed attempts with the model at hand. */
  #failures = 0;
  #waitedMs: number | undefined;
  #deployment: Deployment | undefined;
  /** What went out, while its attempt is on its way. */
  #sent: BackendRequest['body'] | undefined;
  #pass: Pass | undefined;
  #timer: NodeJS.Timeout | undefined;
  #signal: AbortSignal;
  #headers: Headers | undefined;

  constructor(call: PreparedCall) {
    this.#call = call;
    this.#signal = call.deadline.signal;
    this.#turn = call.settings.takeTurn();
  }

  /** The signal of the attempt that is on its way: the call's, and its own timeout. */
  get signal(): AbortSignal {
    return this.#signal;
  }

  /**
   * Chooses where to ask, passes the gates and puts the beginning of the attempt on record.
   *
   * @throws {InvalidHistoryError} for messages that the provider would refuse
   * @throws what a gate refuses with, and the reason of an abort
   */
  async begin(): Promise<BackendRequest> {
    const { record, deadline, settings, bodyFor, mendedFor, headersFor, gates } = this.#call;
    const leg = this.#call.route[this.#leg] as Leg;
    deadline.signal.throwIfAborted();
    // The signal of the attempt before may have fired; a refusal of a gate is not its timeout.
    this.#signal = deadline.signal;
    const deployment = pick(leg, this.#turn, settings.cooldowns, settings.clock.monotonicMs());
    const plan = {
      call: record.start,
      deployment,
      body: bodyFor(deployment),
      number: record.attempts + 1,
      signal: deadline.signal,
    };
    this.#deployment = deployment;
    if (gates.length > 0) this.#pass = await this.#enter(plan);
    this.#sent = plan.body;
    record.startAttempt(deployment.provider, deployment.model, this.#waitedMs, mendedFor(deployment));
    this.#waitedMs = undefined;
    this.#signal = this.#startTimer();
    return {
      call: record.start,
      target: deployment,
      body: plan.body,
      headers: headersFor(deployment),
      signal: this.#signal,
      onAnswer: (status, headers) => {
        this.#answered(headers);
        record.answered(status);
      },
    };
  }

  /**
   * The reply to the same request, where one was kept. The call is over and on record then, without an attempt.
   *
   * @throws the signal's reason; the call is over and on record then, too
   */
  async kept(replies: KeptReplies): Promise<Received | undefined> {
    const { deadline, record } = this.#call;
    record.begin();
    try {
      const kept = await replies.find(deadline.signal);
      deadline.signal.throwIfAborted();
      if (kept === undefined) return undefined;
      // Nothing was sent, so that it cost nothing, whatever the price.
      record.end({ status: 'ok', ...kept, costUsd: 0 });
      return kept;
    } catch (reason) {
      await this.failed(reason, { reply: {}, usage: { source: 'none' } });
      throw reason;
    }
  }

  /**
   * What has come is a whole reply, and ends the call, unless the provider held it back and there is a model to ask after that.
   *
   * @param visible whether something of the reply has been handed out already
   * @throws {FilteredReplyError}
   */
  assertUnfiltered({ reply }: Received, visible = false): void {
    const { settings, route, record } = this.#call;
    if (reply.finish_reason !== 'content-filter' || (visible && !settings.retry.afterFirstChunk)) return;
    // Where the call was recorded it was decided what came next.
    if (settings.recorded?.(record.start) !== undefined) return;
    const failure = new FilteredReplyError(reply.finish_reason_raw);
    if (fallbackAfter(failure, route, this.#leg) !== undefined) throw failure;
  }

  /** The call has its answer. */
  succeeded(received: Received): void {
    const deployment = this.#deployment;
    if (deployment !== undefined) this.#call.settings.cooldowns.clear(deployment);
    const counted = this.counted(received);
    this.#end({ status: 'ok', ...counted }, true, true);
    // The reply of a fallback is not that of the model that was asked for.
    if (this.#leg === 0) this.#call.cache?.keep(counted);
  }

  /** What the attempt on its way has come to so far. */
  counted(received: Received): Counted {
    const { settings, record } = this.#call;
    const recorded = settings.recorded?.(record.start);
    if (recorded?.usage !== undefined) {
      const { usage, costUsd } = recorded;
      return { ...received, usage, ...(costUsd !== undefined && { costUsd }) };
    }
    const deployment = this.#deployment;
    const sent = received.usage.source === 'none' ? this.#sent : undefined;
    const usage = sent === undefined ? received.usage : settings.estimate(sent, received.reply);
    const { reply, reportedUsd, serviceTier } = received;
    const costUsd =
      deployment &&
      settings.costOf({
        provider: deployment.provider,
        model: deployment.model,
        servedModel: reply.model,
        serviceTier,
        reportedUsd,
        usage,
      });
    return { ...received, usage, ...(costUsd !== undefined && { costUsd }) };
  }

  /**
   * The attempt has failed. Resolves when another one is due, after whatever wait there is.
   *
   * @param visible whether something of the reply has been handed out already
   * @throws what the caller of the call is to get, when there will be no other; the call is over and on record then
   */
  async failed(thrown: unknown, received: Received, visible = false): Promise<void> {
    const { deadline, record, settings } = this.#call;
    const timedOut = this.#signal.reason instanceof AttemptTimeoutError && !deadline.signal.aborted;
    const failure = toFailure(timedOut ? this.#signal.reason : thrown, deadline.signal, record.id);
    if (failure.thrown instanceof ProviderError && this.#headers === undefined)
      this.#answered(failure.thrown.headers);
    const next = deadline.signal.aborted ? undefined : this.#next(failure.thrown, visible);
    const billable = this.#sent !== undefined && isBillable(failure.thrown);
    // A model has worked on it, as far as anybody can tell.
    const recorded = settings.recorded?.(record.start);
    const isUsed =
      recorded?.usage !== undefined ||
      (billable && (failure.status !== 'error' || received.reply.message !== undefined));
    const counted = isUsed ? this.counted(received) : received;
    // A record has no reply of an attempt that was not the last, only its model.
    const served = next === undefined ? undefined : recorded?.model;
    this.#end(
      {
        status: failure.status,
        error: failure.error,
        ...counted,
        reply: { ...(served !== undefined && { model: served }), ...counted.reply },
        ...retryAfter(failure.thrown),
      },
      billable,
      next === undefined,
    );
    if (next === undefined) throw failure.thrown;
    await this.#wait(next, received);
  }

  async #wait({ waitMs, leg }: Next, received: Received): Promise<void> {
    const { deadline, record, settings } = this.#call;
    if (leg !== this.#leg) this.#failures = 0;
    this.#leg = leg;
    this.#waitedMs = waitMs;
    try {
      await wait(waitMs, deadline.signal, settings.clock);
    } catch (reason) {
      const failure = toFailure(reason, deadline.signal, record.id);
      record.end({ ...received, status: failure.status, error: failure.error });
      throw failure.thrown;
    }
  }

  #next(failure: unknown, visible: boolean): Next | undefined {
    const { route, settings, deadline, record } = this.#call;
    const { retry, random, cooldowns, clock } = settings;
    const recorded = settings.recorded?.(record.start);
    if (recorded !== undefined) return this.#recorded(recorded.next);
    this.#failures++;
    if (visible && !retry.afterFirstChunk) return undefined;
    const now = clock.monotonicMs();
    const asked = failure instanceof ProviderError ? failure.retryAfterMs : undefined;
    if (isRetryable(failure)) {
      if (this.#deployment !== undefined) cooldowns.rest(this.#deployment, now + (asked ?? COOLDOWN_MS));
      const leg = route[this.#leg] as Leg;
      const isFree = leg.deployments.some((deployment) => cooldowns.until(deployment, now) === 0);
      // Another key or server can be asked at once; the same one, after a while.
      const waitMs = isFree ? 0 : (asked ?? backoffMs(retry, this.#failures, random()));
      const isWorthIt = waitMs <= retry.maxRetryAfterMs && waitMs < deadline.remainingMs();
      if (this.#failures < retry.maxAttempts && isWorthIt) return { waitMs, leg: this.#leg };
    }
    const fallback = fallbackAfter(failure, route, this.#leg);
    return fallback === undefined ? undefined : { waitMs: 0, leg: fallback };
  }

  /** What came next where the call was recorded: at once, and with the model that was asked there. */
  #recorded(next: RecordedAttempt['next']): Next | undefined {
    if (next === undefined) return undefined;
    const legWith = (field: 'model' | 'provider') =>
      this.#call.route.findIndex(
        ({ deployments }, i) => i >= this.#leg && deployments.some((each) => each[field] === next[field]),
      );
    // What the model called itself may not be what it was asked by.
    const leg = [legWith('model'), legWith('provider')].find((place) => place !== -1);
    return { waitMs: 0, leg: leg ?? this.#leg };
  }

  #answered(headers: Headers | undefined): void {
    this.#headers = headers;
    if (headers !== undefined) this.#pass?.answered?.(headers);
  }

  /** An abort may come while the gates are still being passed; whoever told of it has left by then. */
  async #enter(plan: AttemptPlan): Promise<Pass> {
    const { gates, settings, record } = this.#call;
    // A gate may wait; whoever asked, and for what, is on record meanwhile.
    record.begin();
    const { provider, model } = plan.deployment;
    const startedMs = settings.clock.monotonicMs();
    const pass = await enterAll(gates, { ...plan, price: settings.priceOf(provider, model) });
    if (plan.signal.aborted) {
      pass.leave({ status: 'aborted', usage: { source: 'none' }, billable: false });
      throw plan.signal.reason;
    }
    const waitedMs = settings.clock.monotonicMs() - startedMs;
    // Less is no wait.
    if (waitedMs >= 1) this.#waitedMs = (this.#waitedMs ?? 0) + waitedMs;
    return pass;
  }

  #end(outcome: Outcome, billable: boolean, isLast: boolean): void {
    clearTimeout(this.#timer);
    this.#sent = undefined;
    const { record } = this.#call;
    if (isLast) record.end(outcome);
    else record.endAttempt(outcome);
    const pass = this.#pass;
    this.#pass = undefined;
    const { status, usage, costUsd, error } = outcome;
    pass?.leave({
      status,
      usage,
      billable,
      ...(error?.type === 'FilteredReplyError' && { filtered: true }),
      ...(costUsd !== undefined && { costUsd }),
      ...(this.#headers !== undefined && { headers: this.#headers }),
    });
    this.#headers = undefined;
  }

  #startTimer(): AbortSignal {
    const { deadline, attemptTimeoutMs } = this.#call;
    if (attemptTimeoutMs === undefined) return deadline.signal;
    const own = new AbortController();
    this.#timer = setTimeout(() => own.abort(new AttemptTimeoutError(attemptTimeoutMs)), attemptTimeoutMs);
    this.#timer.unref();
    return AbortSignal.any([deadline.signal, own.signal]);
  }
}

function retryAfter(failure: unknown): { retryAfterMs?: number } {
  const asked = failure instanceof ProviderError ? failure.retryAfterMs : undefined;
  return asked === undefined ? {} : { retryAfterMs: asked };
}
