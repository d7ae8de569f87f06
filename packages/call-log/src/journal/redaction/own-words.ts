import { vocabulary } from '../../schema/vocabulary.ts';

const longest = Math.max(...[...vocabulary].map(({ length }) => length));

/** A word of the journal itself, without which no record can be read. By length first: looking a long text up in a set reads all of it. */
export function isOwnWord(text: string): boolean {
  return text.length <= longest && vocabulary.has(text);
}
