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

/** The line broken at spaces so that each part fits; a word that is longer is broken, too. */
export function wrapTo(columns: number, text: string): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const [word] of text.matchAll(/\s+|\S+/g)) {
    let wordWidth = textWidth(word);
    if (width + wordWidth > columns && width > 0) {
      lines.push(line.trimEnd());
      [line, width] = ['', 0];
      if (word.trim() === '') continue;
    }
    for (const character of wordWidth > columns ? word : [word]) {
      wordWidth = textWidth(character);
      if (width + wordWidth > columns && width > 0) {
        lines.push(line);
        [line, width] = ['', 0];
      }
      line += character;
      width += wordWidth;
    }
  }
  return [...lines, line.trimEnd()];
}

function characterWidth(character: string): number {
  if (character < '\u0300') return 1;
  return marks.test(character) ? 0 : wide.test(character) ? 2 : 1;
}
