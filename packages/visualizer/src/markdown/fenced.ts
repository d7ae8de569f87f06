import { shownText } from '../text/shown-text.ts';
import { longestRun } from './inline-text.ts';

/** A text of the log as a block that it cannot break out of: the fence is longer than any run of backticks in it. */
export function fenced(text: string, language = 'text'): string {
  const shown = shownText(text).replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}\n`;
}
