import { shorten } from '../text/shorten.ts';

/** Control characters, and the invisible ones of which some turn the reading direction round. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}]/gu;

/** What may stand in a Mermaid label as it is: letters, digits, marks, a few signs, pictographs. */
const PLAIN = /^[\p{L}\p{M}\p{N}\p{Extended_Pictographic} .,!?_+=/()'’–—…×→\ufffd-]$/u;

/** Words that Mermaid's grammars take for keywords even inside some texts. */
const KEYWORD =
  /(?<![\p{L}\p{N}_])(?=(?:end|wrap|nowrap|style|classDef|click|graph|subgraph)(?![\p{L}\p{N}_]))[a-z]/giu;

/**
 * Text as a Mermaid label: one line, at most `maxLength` characters, everything that Mermaid or a browser
 * could take for syntax written as a numeric entity (`#34;`). Control characters and direction overrides
 * become U+FFFD, line breaks a space. Never empty, because some Mermaid grammars refuse an empty label.
 */
export function escapeLabel(text: string, maxLength: number): string {
  const line = text.toWellFormed().trim().replace(/\s+/gu, ' ').replace(UNPRINTABLE, '\ufffd');
  const label = [...shorten(line, maxLength)]
    .map((char) => (PLAIN.test(char) ? char : entity(char)))
    .join('');
  return label.replace(KEYWORD, entity) || '…';
}

function entity(char: string): string {
  return `#${char.codePointAt(0)};`;
}
