/** What a provider says about one of its limits. */
export interface ReportedLimit {
  remaining: number;
  /** Until the limit is wholly free again, in milliseconds. */
  resetMs: number;
  /** The whole; absent when it is not told. */
  limit?: number;
}

/** What a provider says about its limits in one answer. */
export interface ReportedLimits {
  requests?: ReportedLimit;
  tokens?: ReportedLimit;
}

/** The names of one provider's headers, with `*` for the unit, and how it tells when a limit is free again. */
interface HeaderDialect {
  limit: string;
  remaining: string;
  reset: string;
  toResetMs: (value: string, nowMs: number) => number | undefined;
}

/**
 * How providers tell their limits, read on stored copies on 2026-11-22. The vendors' own pages for OpenAI and Anthropic
 * (https://developers.openai.com/api/docs/guides/rate-limits, https://platform.claude.com/docs/en/api/rate-limits) could not be
 * read; the pages below pass on what they say.
 *
 * OpenAI's names are those of most compatible servers, too. That Together and Mistral are among them is from memory, not
 * checked.
 *
 * @see https://thoughtbot.com/blog/openai-rate-limits (OpenAI: `1s`, `6m0s`, until the limit is back at its initial state)
 * @see https://community.openai.com/t/how-to-get-rate-limit-reset-time-for-response-api/1268905 (headers as sent: `12ms`)
 * @see https://dev.to/vectle/groq-429s-your-retry-loop-is-blind-read-the-headers-instead-l0j (Groq: requests of a day, tokens
 *   of a minute)
 * @see https://learn.microsoft.com/en-us/answers/questions/5625878/azure-openai-responses-api-x-ratelimit-headers-val (Azure: whole
 *   seconds; `-1` where it has nothing to say)
 * @see https://cljdoc.org/d/com.blockether/svar/0.7.61/api/com.blockether.svar.internal.ratelimit (Anthropic: RFC 3339)
 */
const DIALECTS: readonly HeaderDialect[] = [
  {
    limit: 'x-ratelimit-limit-*',
    remaining: 'x-ratelimit-remaining-*',
    reset: 'x-ratelimit-reset-*',
    toResetMs: parseDurationMs,
  },
  {
    limit: 'anthropic-ratelimit-*-limit',
    remaining: 'anthropic-ratelimit-*-remaining',
    reset: 'anthropic-ratelimit-*-reset',
    toResetMs: parseDateMs,
  },
];

/** Reads what there is; what cannot be read is as if it were not there. @param nowMs the date, for resets that are dates */
export function readRateLimits(headers: Headers, nowMs: number): ReportedLimits {
  const reported: ReportedLimits = {};
  for (const dialect of DIALECTS)
    for (const unit of ['requests', 'tokens'] as const) {
      const limit = readLimit(headers, dialect, unit, nowMs);
      if (limit !== undefined) reported[unit] = limit;
    }
  return reported;
}

function readLimit(
  headers: Headers,
  { limit, remaining, reset, toResetMs }: HeaderDialect,
  unit: string,
  nowMs: number,
): ReportedLimit | undefined {
  const get = (name: string) => headers.get(name.replace('*', unit));
  const left = parseCount(get(remaining));
  const resetMs = toResetMs(get(reset) ?? '', nowMs);
  if (left === undefined || resetMs === undefined) return undefined;
  const whole = parseCount(get(limit));
  // Azure's `-1`: no limit is told, and what remains of it means nothing.
  if (whole === 0) return undefined;
  return { remaining: left, resetMs, ...(whole !== undefined && { limit: whole }) };
}

/** Counts may be below 0 when a limit is overdrawn. */
function parseCount(value: string | null): number | undefined {
  return value !== null && /^-?\d{1,15}$/.test(value) ? Math.max(0, Number(value)) : undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** Go's notation, `6m0s`, `1.5s`, `2ms`, as all that are known use it; a bare number is seconds. */
export function parseDurationMs(value: string): number | undefined {
  if (value === '' || value.length > 40) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  if (!/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(value)) return undefined;
  let ms = 0;
  for (const [, amount, unit = ''] of value.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g))
    ms += Number(amount) * (UNIT_MS[unit] ?? 0);
  return ms;
}

function parseDateMs(value: string, nowMs: number): number | undefined {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms - nowMs);
}
