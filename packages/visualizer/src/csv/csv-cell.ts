import { shownText } from '../text/shown-text.ts';

/** What spreadsheets take for a formula. @see https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A value as a cell. Numbers stay numbers; nothing is an empty cell. A text that a spreadsheet would take for a formula gets
 * an apostrophe in front, which spreadsheets show as the text without it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvCell(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${shownText(value)}` : shownText(value);
  return /[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
