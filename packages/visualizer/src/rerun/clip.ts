import { visibleText } from '../text/visible-text.ts';

/** Control characters: terminals obey them, and Rerun draws them as boxes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Most texts have none of what is replaced, and one look says so. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const SPECIAL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/**
 * A text of any length in one line of at most `maxLength` UTF-16 units (a little more where direction overrides are made
 * visible); `…` says that something was left out, ` ⏎ ` stands for line breaks.
 */
export function clip(text: string, maxLength: number): string {
  // First of all, so that 10 MB cost no more than 1 KB.
  const isLong = text.length > maxLength;
  const head = isLong ? text.slice(0, Math.max(0, maxLength - 1)) : text;
  const wellFormed = head.toWellFormed();
  const line = SPECIAL.test(wellFormed) ? inOneLine(wellFormed) : wellFormed;
  return isLong ? `${line}…` : line;
}

function inOneLine(text: string): string {
  const line = text
    .replace(/[ \t]*(?:\r\n|[\n\r\u2028\u2029])\s*/g, ' ⏎ ')
    .replace(/\t/g, ' ')
    .replace(CONTROL, '\ufffd');
  return visibleText(line);
}
