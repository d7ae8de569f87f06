/** Control characters, and the invisible ones of which some turn the reading direction round; not the joiners of emoji and scripts. */
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/gu;

/**
 * A name as one line that can be drawn: what cannot be seen is shown as its number (`⟦U+1B⟧`), so that
 * nobody reads what is not written, and nothing that an XML file must not hold is left.
 */
export function visibleLabel(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s*[\n\r\t]\s*/g, ' ')
    .replace(INVISIBLE, (char) => `⟦U+${char.charCodeAt(0).toString(16).toUpperCase()}⟧`);
}
