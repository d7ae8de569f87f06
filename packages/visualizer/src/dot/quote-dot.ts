import { shorten } from '../text/shorten.ts';
import { shownLine } from '../text/shown-text.ts';

/**
 * Text as a DOT string that stands for exactly this text on one line: quotes and backslashes are escaped, because
 * labels know `\N`, `\G`, `\l`, …, and `&`, because they know HTML's entities. The invisible becomes U+FFFD.
 *
 * @see https://graphviz.org/doc/info/lang.html and https://graphviz.org/docs/attr-types/escString/
 */
export function quoteDot(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  return `"${escapeDot(shorten(shownLine(text), maxLength))}"`;
}

/** Several lines, one below the other, as one label. */
export function quoteDotLines(lines: readonly string[], maxLength: number): string {
  return `"${lines.map((line) => escapeDot(shorten(shownLine(line), maxLength))).join('\\n')}"`;
}

function escapeDot(line: string): string {
  return line
    .replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replace(/["\\]/g, '\\$&');
}
