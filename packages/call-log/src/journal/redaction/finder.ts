/** Told where something was found that must not be written: from `start` up to, not including, `end`. */
export type Found = (start: number, end: number) => void;

/** Looks through a text for one family of secrets. Takes time linear in the text, because the text may be anybody's. */
export type Finder = (text: string, found: Found) => void;

/** A digit or a capital soon: what a word or an identifier written in small letters has not. Bounded, to stay linear. */
export const NOT_A_WORD = '(?=[a-z_-]{0,64}[A-Z0-9])';

/**
 * Every match of a pattern, in order; a match without characters is passed over. Without `matchAll()`, which copies the
 * pattern for every text.
 *
 * @param pattern with the flag `g`, and not in use further up
 */
export function eachMatch(pattern: RegExp, text: string, take: (match: RegExpExecArray) => void): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    if (match[0] === '') pattern.lastIndex++;
    else take(match);
}
