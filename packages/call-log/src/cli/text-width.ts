const marks = /^(?:\p{M}|\u200b|\u200c|\u200d|\p{Variation_Selector})$/u;
/** East Asian wide and emoji, roughly. @see https://www.unicode.org/reports/tr11/ */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]$/u;

/** How many columns a terminal needs for a line of text. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The line cut to a number of columns, with `…` when something is missing. */
export function fitTo(columns: number, text: string): string {
  let width = 0;
  let end = 0;
  let fits = 0;
  for (const character of text) {
    width += characterWidth(character);
    end += character.length;
    if (width <= columns - 1) fits = end;
    if (width > columns) return `${text.slice(0, fits)}…`;
  }
  return text;
}

function characterWidth(character: string): number {
  if (character < '\u0300') return 1;
  return marks.test(character) ? 0 : wide.test(character) ? 2 : 1;
}
