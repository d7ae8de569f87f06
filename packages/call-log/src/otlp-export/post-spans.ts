import { setTimeout as wait } from 'node:timers/promises';
import { postOnce } from './post-once.ts';
import type { OtlpTarget } from './target.ts';

/** When to try again, and when no more. */
export interface PostLimits {
  /** One request, until its answer is read. Default: 10 s, as OpenTelemetry's exporters. */
  timeoutMs?: number;
  /** All tries of one batch together. Default: 60 s. */
  retryMs?: number;
}

export interface PostOptions extends PostLimits {
  /** Gives up. */
  signal?: AbortSignal;
  /** Whether the program may end rather than wait for the next try. Default: `false`. */
  unref?: boolean;
  /** Told why it is tried again. */
  onRetry?: (reason: string) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Posts an OTLP/JSON request until it is taken, refused or the time for it is over: after 429, 502, 503, 504 and when
 * nobody answers, as long after as the server asks, else with full-jitter exponential backoff. Never throws.
 *
 * @param spans how many are in it
 * @returns how many of them were not taken, and why; a reason without a loss is a remark of the server's
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-throttling
 */
export async function postSpans(
  body: string,
  spans: number,
  target: OtlpTarget,
  { timeoutMs = 10_000, retryMs = 60_000, signal, unref = false, onRetry }: PostOptions = {},
): Promise<{ lost: number; reason?: string }> {
  const giveUpAt = performance.now() + retryMs;
  for (let ceiling = FIRST_WAIT_MS; ; ceiling = Math.min(ceiling * 2, LONGEST_WAIT_MS)) {
    const outcome = await postOnce(body, target, timeoutMs, signal);
    if (outcome.kind === 'accepted') {
      const { rejected, reason } = outcome;
      return { lost: Math.min(rejected, spans), ...(reason !== undefined && { reason }) };
    }
    const lost = { lost: spans, reason: outcome.reason };
    if (outcome.kind === 'refused' || signal?.aborted) return lost;
    const waitMs = outcome.afterMs ?? Math.random() * ceiling;
    if (performance.now() + waitMs > giveUpAt) return lost;
    onRetry?.(outcome.reason);
    const woken = await wait(waitMs, true, { ...(signal && { signal }), ref: !unref }).catch(() => false);
    if (!woken) return lost;
  }
}
