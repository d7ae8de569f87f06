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
 * How providers tell their limits. The pages are where the vendors describe them; they were not opened for this table.
 *
 * OpenAI's names are those of most compatible servers, too (Groq, Azure, Together, Mistral).
 *
 * @see https://developers.openai.com/api/docs/guides/rate-limits (`1s`, `6m0s`: until the limit is back at its initial state)
 * @see https://console.groq.com/docs/rate-limits (`2m59.56s`, `7.66s`)
 * @see https://platform.claude.com/docs/en/api/rate-limits (RFC 3339: when the limit is fully replenished)
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
