/**
 * The words of a text: runs of letters and digits, in lower case and without accents, like SQLite's `unicode61` tokenizer
 * with `remove_diacritics 2`. Languages that put no space between words are one word up to the next sign.
 *
 * @see https://www.sqlite.org/fts5.html#unicode61_tokenizer
 */
export function toWords(text: string): string[] {
  return (
    text
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []
  );
}

/** The most words of one search; more are left out. */
const MOST_WORDS = 32;

/** How much of a query is looked at, in UTF-16 units. */
const LONGEST_QUERY = 2_000;

/** The different words of a query, in order; none when there is no letter or digit in it. */
export function queryWords(query: string): string[] {
  return [...new Set(toWords(query.slice(0, LONGEST_QUERY)))].slice(0, MOST_WORDS);
}
