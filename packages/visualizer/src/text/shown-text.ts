import { visibleText } from './visible-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * A text of a log for a file that people open in whatever they have: line ends are `\n`, control characters (and with them
 * what terminals obey) U+FFFD, direction overrides shown, lone surrogates U+FFFD. All else is as it was.
 */
export function shownText(text: string): string {
  return visibleText(
    text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').replace(CONTROLS, '\ufffd'),
  ).toWellFormed();
}

/** The same on one line. */
export function shownLine(text: string): string {
  return shownText(text).replace(/\s+/g, ' ').trim();
}
