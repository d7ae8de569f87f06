/** Characters that turn the reading direction round. @see https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text whose direction overrides are shown instead of obeyed, so that nobody reads what is not written. */
export function visibleText(text: string): string {
  return text.replace(DIRECTION, (char) => `⟦U+${char.charCodeAt(0).toString(16).toUpperCase()}⟧`);
}
