import type { AttemptNode, RunTree } from '@pd/call-log/schema';
import { attemptMs, isInVain, waitedMs } from './attempt-times.ts';
import { type CallRef, placedCalls, refOf } from './call-ref.ts';
import { top } from './top.ts';

/** Attempts that came to nothing, for one reason. */
export interface RetryReason {
  /** The error's type, with the HTTP status where there is one; else how the attempt ended. */
  reason: string;
  attempts: number;
}

/** A call that needed more than one attempt, or got nothing for those it made. */
export interface RetriedCall extends CallRef {
  attempts: number;
  /** Milliseconds in attempts in vain, and waiting between attempts. */
  lostMs: number;
  lostUsd?: number;
}

/** What attempts in vain have cost: those after which another was made, and the last ones of calls that failed. */
export interface Retries {
  /** Calls with more than one attempt. */
  retriedCalls: number;
  attemptsInVain: number;
  /** Tokens that those are known to have used; absent when none is known. */
  lostInputTokens?: number;
  lostOutputTokens?: number;
  /** US dollars that those are known to have cost; absent when none is known. */
  lostUsd?: number;
  /** Attempts in vain that used tokens and have no price. */
  unpricedAttempts: number;
  /** Milliseconds that attempts in vain were under way, added up over calls that may have run side by side. */
  lostMs: number;
  /** Milliseconds of backing off and of waiting at limits, added up likewise. */
  waitedMs: number;
  /** The most frequent first. */
  reasons: RetryReason[];
  /** Those that lost most time first. */
  calls: RetriedCall[];
}

/** Retries and what was lost to them. @param count how many calls and reasons to list at most */
export function findRetries(tree: RunTree, count: number): Retries {
  const all: Retries = {
    retriedCalls: 0,
    attemptsInVain: 0,
    unpricedAttempts: 0,
    lostMs: 0,
    waitedMs: 0,
    reasons: [],
    calls: [],
  };
  const reasons = new Map<string, RetryReason>();
  const calls: RetriedCall[] = [];
  for (const placed of placedCalls(tree.agents)) {
    const { attempts } = placed.call;
    const retried: RetriedCall = {
      ...refOf(placed),
      attempts: attempts.length,
      lostMs: waitedMs(placed.call),
    };
    all.waitedMs += retried.lostMs;
    if (attempts.length > 1) all.retriedCalls++;
    attempts.forEach((attempt, i) => {
      if (!isInVain(attempt, i === attempts.length - 1)) return;
      count1(reasons, reasonOf(attempt));
      const ms = attemptMs(attempt) ?? 0;
      all.attemptsInVain++;
      all.lostMs += ms;
      retried.lostMs += ms;
      addLoss(all, attempt);
      if (attempt.cost_usd !== undefined) retried.lostUsd = (retried.lostUsd ?? 0) + attempt.cost_usd;
    });
    if (attempts.length > 1 || retried.lostMs > 0) calls.push(retried);
  }
  all.reasons = top(reasons.values(), count, ({ attempts }) => attempts);
  all.calls = top(calls, count, ({ lostMs }) => lostMs);
  return all;
}

function addLoss(all: Retries, { usage = { source: 'none' }, cost_usd }: AttemptNode): void {
  const { input_tokens: input, output_tokens: output } = usage;
  if (input !== undefined) all.lostInputTokens = (all.lostInputTokens ?? 0) + input;
  if (output !== undefined) all.lostOutputTokens = (all.lostOutputTokens ?? 0) + output;
  if (cost_usd !== undefined) all.lostUsd = (all.lostUsd ?? 0) + cost_usd;
  else if ((input ?? 0) + (output ?? 0) > 0) all.unpricedAttempts++;
}

function count1(reasons: Map<string, RetryReason>, reason: string): void {
  const known = reasons.get(reason);
  if (known === undefined) reasons.set(reason, { reason, attempts: 1 });
  else known.attempts++;
}

function reasonOf({ error, status, http_status: httpStatus }: AttemptNode): string {
  const code = error?.status ?? httpStatus;
  if (status === 'ok') return 'asked again after an answer';
  return [error?.type ?? status, ...(code === undefined ? [] : [String(code)])].join(' ');
}
