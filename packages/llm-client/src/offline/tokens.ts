/** UTF-16 code units per token in the approximation below: about right for English with common tokenizers. */
export const charactersPerToken = 4;

/** The number of tokens in a text of that many code units: ceil(length / 4). An approximation, and meant as one. */
export function tokensIn(length: number): number {
  return Math.ceil(length / charactersPerToken);
}

/** The longest beginning of `text` with at most `length` code units that does not end inside a surrogate pair. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return isHighSurrogate(text.charCodeAt(length - 1)) && isLowSurrogate(text.charCodeAt(length))
    ? cut.slice(0, -1)
    : cut;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
