/** An ISO 8601 date with a time, `2026-11-22 10:00:00.123 UTC` and the like. */
const ISO =
  /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?/g;
/** The date of HTTP. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const HTTP_DATE = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT/g;
/** A field that holds a point in time, as seconds or milliseconds since 1970 (2001 to 2286). */
const EPOCH =
  /("?\b(?:timestamp|time|date|now|ts|\w+(?:_at|At))"?\s{0,3}[:=]\s{0,3})"?\d{10}(?:\d{3})?(?:\.\d+)?"?/g;
/** A field that names the request itself, not what was asked for. */
const REQUEST_ID =
  /("?\b(?:x-)?(?:request|req|trace|span|correlation)[-_ ]?id\b"?\s{0,3}[:=]?\s{0,3})"?[\w-]{4,}"?/gi;

/**
 * A result without what differs each time a tool is asked: points in time, and ids of the request. Two results that
 * differ in nothing else are the same one. A counter, an amount, an id of anything but the request, and a result that is
 * nothing but a time (a clock that is waited for) are left alone: they may be the progress.
 */
export function maskVolatile(result: string): string {
  const masked = result
    .replace(REQUEST_ID, '$1#')
    .replace(EPOCH, '$1@')
    .replace(ISO, '@')
    .replace(HTTP_DATE, '@');
  return masked !== result && /[\p{L}\p{N}]/u.test(withoutNames(masked)) ? masked : result;
}

/** What is left when the names of the masked fields, and the words that stand around a time, are gone, too. */
function withoutNames(masked: string): string {
  return masked
    .replace(/(?<![\w-])[\w-]+"?\s{0,3}[:=]?\s{0,3}"?[@#]/g, '')
    .replace(/\b(?:the|it|is|current|currently|local|server|system|time|date|now|today|utc|gmt)\b/gi, '');
}
