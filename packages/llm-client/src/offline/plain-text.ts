import { clip } from './tokens.ts';

/** How much of the beginning and of the end of a message is read; the rest only counts for the seed. */
const readLength = 4000;

/**
 * A message as prose: code, links, mark-up, speaker prefixes, what it quotes and control characters are taken
 * out. Works on a bounded part of it, so that a prompt of a megabyte costs no more than one of a page.
 */
export function toProse(text: string): string {
  return excerpt(text)
    .replace(/```[\s\S]*?(?:```|$)/g, '. ')
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/“[^”“]{0,400}”/g, ' ')
    .replace(/^[ \t]*(?:[-*+>#]+|\d+[.)])[ \t]+/gm, '')
    .replace(/[`*_#|~<>{}[\]\\^]/g, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/^ ?[\p{Lu}][\p{L}\p{N}_ -]{0,24}: (?=\S)/u, (prefix) =>
      /topic|question|task/i.test(prefix) ? prefix : '',
    )
    .trim();
}

/** Beginning and end of a long text, well-formed and without control characters other than line breaks. */
export function excerpt(text: string): string {
  const short =
    text.length <= 2 * readLength ? text : `${clip(text, readLength)}\n${text.slice(-readLength)}`;
  return short
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\uFFFD]/gu, (c) => (c === '\n' || c === '\u200D' ? c : ' '));
}

/** A name from the code in a message, to speak about it; `undefined` when there is no code. */
export function codeNameIn(text: string): string | undefined {
  const short = excerpt(text);
  const [, fenced] = /```\w*\n?([\s\S]*?)(?:```|$)/.exec(short) ?? [];
  const code =
    fenced ??
    (/[;{}]\s*(?:\n|$)|=>|\)\s*\{|^[ \t]*(?:def|import|from|class) /m.test(short) ? short : undefined);
  if (code === undefined) return undefined;
  const names = code.match(/\b[A-Za-z_]\w{2,30}(?=\s*\()|\b(?:[a-z]+[A-Z]\w{1,28}|[a-z]+_\w{2,28})\b/g) ?? [];
  return names.find(
    (name) => !/^(?:if|for|while|switch|catch|function|return|print|console|def)$/.test(name),
  );
}
