import { pick, type Random } from '../random.ts';

/** Repeats without an end of their own stop here. */
const MOST_REPEATS = 6;

/**
 * A text that matches a regular expression of the common kind: literals, classes, groups, alternatives, repeats. The
 * rest (look-around, back-references) is left out, so that the text may not match: check it.
 */
export function fromPattern(pattern: string, random: Random): string {
  let at = 0;
  const more = () => at < pattern.length;
  const take = () => pattern[at++] ?? '';

  const alternatives = (): string => {
    const options = [sequence()];
    while (pattern[at] === '|') {
      at++;
      options.push(sequence());
    }
    return pick(options, random) ?? '';
  };
  const sequence = (): string => {
    let text = '';
    while (more() && pattern[at] !== '|' && pattern[at] !== ')') {
      const begin = at;
      const once = atom();
      const end = at;
      const [least, most] = repeats();
      const after = at;
      if (least === 1 && most === 1) {
        text += once;
        continue;
      }
      const count = least + Math.floor(random() * (most - least + 1));
      for (let i = 0; i < count; i++) {
        // Read again, so that every repeat has letters of its own.
        at = begin;
        text += atom();
      }
      at = Math.max(after, end);
    }
    return text;
  };
  const atom = (): string => {
    const char = take();
    if (char === '^' || char === '$') return '';
    if (char === '.') return pick([...LOWER], random) ?? '';
    if (char === '(') {
      const isLook = /^\?(?:<?[=!])/.test(pattern.slice(at));
      at += /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(pattern.slice(at))?.[0].length ?? 0;
      const inner = alternatives();
      at++;
      return isLook ? '' : inner;
    }
    if (char === '[') return pick(charactersOfClass(), random) ?? '';
    return char === '\\' ? (pick(escaped(take()), random) ?? '') : char;
  };
  const charactersOfClass = (): string[] => {
    const isNot = pattern[at] === '^';
    if (isNot) at++;
    const found: string[] = [];
    while (more() && pattern[at] !== ']') {
      const char = take();
      const chars = char === '\\' ? escaped(take()) : [char];
      if (pattern[at] === '-' && pattern[at + 1] !== ']' && chars.length === 1) {
        at++;
        found.push(...range(chars[0] ?? '', take()));
      } else found.push(...chars);
    }
    at++;
    return isNot ? [...`${LOWER}${DIGITS} `].filter((char) => !found.includes(char)) : found;
  };
  const repeats = (): [number, number] => {
    const [whole, symbol, least, comma, most] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(pattern.slice(at)) ?? [];
    at += whole?.length ?? 0;
    if (symbol === '*') return [0, MOST_REPEATS];
    if (symbol === '+') return [1, MOST_REPEATS];
    if (symbol === '?') return [0, 1];
    if (least === undefined) return [1, 1];
    const from = Math.min(Number(least), 1_000);
    return [
      from,
      comma === '' ? from : most === '' ? from + MOST_REPEATS : Math.max(from, Math.min(Number(most), 1_000)),
    ];
  };
  return alternatives();
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

function escaped(char: string): string[] {
  if (char === 'd') return [...DIGITS];
  if (char === 'w') return [...LOWER, ...DIGITS];
  if (char === 's') return [' '];
  if (char === 'D' || char === 'S' || char === 'W') return char === 'W' ? [' '] : [...LOWER];
  if (char === 'b' || char === 'B') return [''];
  return [{ n: '\n', t: '\t', r: '\r' }[char] ?? char];
}

function range(from: string, to: string): string[] {
  const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  return Array.from({ length: Math.max(0, Math.min(last - first + 1, 500)) }, (_, i) =>
    String.fromCodePoint(first + i),
  );
}
