import type { Span } from './spans.ts';

/** What is replaced together with what follows it. */
const opening = /(?:-----BEGIN[A-Z0-9 ]{0,45}|(?:bearer|basic|token|apikey|digest|negotiate)[ \t]{1,4})$/i;

/** Held back where patterns of the user's own are in force, whose length nobody knows. UTF-16 units. */
const HELD_BACK_FOR_PATTERNS = 256;

/**
 * How far a text that is not complete may be written: no secret can begin before that place and end after it.
 *
 * - What a built-in pattern replaces has no space in it, so the word at the end is held back; a place beside a character
 *   that is no ASCII will do, too, if the word so far names nothing (`=`, `:`), for languages without spaces.
 * - Cookies, quoted values and private keys have spaces, and are recognised from their beginning: what was found and
 *   reaches the end may go on.
 * - A configured secret may have spaces and line breaks: `open` is where the beginning of one stands at the end.
 *
 * What names a value (`password: `) may be released before the value: whoever looks on has it in front of the rest.
 */
export function lastSafePlace(
  text: string,
  spans: readonly Span[],
  open: number,
  hasPatterns: boolean,
): number {
  const end = Math.max(0, hasPatterns ? text.length - HELD_BACK_FOR_PATTERNS : text.length);
  let place = Math.min(wordStart(text, end), open);
  for (const [start, spanEnd] of spans)
    if (start < place && (spanEnd > place || spanEnd === text.length)) place = start;
  return place - (opening.exec(text.slice(Math.max(0, place - 64), place))?.[0].length ?? 0);
}

/** Where the unfinished word before `end` begins. */
function wordStart(text: string, end: number): number {
  const isSpace = (i: number) => text.charCodeAt(i) <= 32;
  let boundary = end;
  while (boundary > 0 && text.charCodeAt(boundary - 1) > 32 && text.charCodeAt(boundary - 1) < 127)
    boundary--;
  if (boundary === 0 || isSpace(boundary - 1)) return boundary;
  let space = boundary;
  while (space > 0 && !isSpace(space - 1)) space--;
  return /[=:]/.test(text.slice(space, boundary)) ? space : boundary;
}
