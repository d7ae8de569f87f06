import type { AttemptNode, CallNode } from '@pd/call-log/schema';

/** Milliseconds that an attempt was under way; absent when unknown. Never negative. */
export function attemptMs({ duration_ms, started_at, ended_at }: AttemptNode): number | undefined {
  const ms =
    duration_ms ?? (ended_at === undefined ? Number.NaN : Date.parse(ended_at) - Date.parse(started_at));
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Milliseconds of a call in which no attempt was under way: backing off, and waiting at limits. */
export function waitedMs({ attempts }: CallNode): number {
  return attempts.reduce((sum, { waited_ms = 0 }) => sum + Math.max(0, waited_ms), 0);
}

/** Whether an attempt was in vain: it failed, or a later one had to be made all the same. */
export function isInVain(attempt: AttemptNode, isLast: boolean): boolean {
  return !isLast || (attempt.status !== 'ok' && attempt.status !== 'open');
}
