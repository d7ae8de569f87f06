import { setTimeout as wait } from 'node:timers/promises';
import { type PostOutcome, postOnce } from './post-once.ts';
import type { OtlpTarget } from './target.ts';

/** When to try again, and when no more. */
export interface PostLimits {
  /** One request, until its answer is read. Default: 10 s, as OpenTelemetry's exporters. */
  timeoutMs?: number;
  /** All tries of one batch together. Default: 60 s. */
  retryMs?: number;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Posts an OTLP/JSON request until it is taken, refused or the time for it is over: after 429, 502, 503, 504 and when
 * nobody answers, as long after as the server asks, else with full-jitter exponential backoff.
 *
 * @param signal gives up; its reason is in the outcome
 */
export async function postSpans(
  body: string,
  target: OtlpTarget,
  { timeoutMs = 10_000, retryMs = 60_000 }: PostLimits,
  signal: AbortSignal,
): Promise<Exclude<PostOutcome, { kind: 'later' }>> {
  const giveUpAt = performance.now() + retryMs;
  for (let ceiling = FIRST_WAIT_MS; ; ceiling = Math.min(ceiling * 2, LONGEST_WAIT_MS)) {
    const outcome = await postOnce(body, target, timeoutMs, signal);
    if (outcome.kind !== 'later') return outcome;
    const waitMs = outcome.afterMs ?? Math.random() * ceiling;
    if (signal.aborted || performance.now() + waitMs > giveUpAt)
      return { kind: 'refused', reason: outcome.reason };
    // Unreferenced: a program that is done must not wait for a collector that is not there.
    const woken = await wait(waitMs, true, { signal, ref: false }).catch(() => false);
    if (!woken) return { kind: 'refused', reason: outcome.reason };
  }
}
