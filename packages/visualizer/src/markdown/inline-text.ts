import { shorten } from '../text/shorten.ts';
import { shownLine } from '../text/shown-text.ts';

/** Words in which nothing can be markup, a link, a mention or an autolink anywhere. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ,'()-]*$/u;

/** Names and the like are cut to this many characters. */
const LONGEST = 200;

/**
 * A text of the log within a line of Markdown: as it is when it is nothing but words, else as code, where nothing is markup.
 * Also good for a cell of a table: `|` becomes `¦`, because parsers disagree on how to escape it in code.
 *
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function inlineText(text: string): string {
  const line = shorten(shownLine(text), LONGEST).replaceAll('|', '¦');
  if (line === '') return '(empty)';
  if (PLAIN.test(line)) return line;
  const ticks = '`'.repeat(longestRun(line) + 1);
  // A space next to a backtick, which is taken off again; two, where the text has them on both ends itself.
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${line}${space}${ticks}`;
}

/** The most backticks in a row. */
export function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
