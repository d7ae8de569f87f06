import { toWords } from './to-words.ts';

/** How fast a repeated word counts less, and how much a long text is held against it: BM25's usual values, as in SQLite. */
const K1 = 1.2;
const B = 0.75;

/**
 * Orders texts by BM25: words that few texts have count more; a long text with a word counts less than a short one. Texts that do not
 * match are left out. Among equals, those that come later in the list go first.
 *
 * @param weights how much each word counts, where it is known from more texts than these
 * @see https://www.sqlite.org/fts5.html#the_bm25_function
 */
export function rankByWords<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  words: readonly string[],
  match: 'all' | 'any',
  weights?: ReadonlyMap<string, number>,
): { item: T; score: number }[] {
  const wanted = new Set(words);
  const frequency = new Map<string, number>();
  let allLengths = 0;
  const counted = items.map((item) => {
    const all = toWords(textOf(item));
    allLengths += all.length;
    const counts = new Map<string, number>();
    for (const word of all) if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const word of counts.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
    return { item, counts, length: all.length };
  });
  const average = allLengths / Math.max(1, items.length);
  const weight = (word: string) => weights?.get(word) ?? wordWeight(frequency.get(word) ?? 0, items.length);
  return counted
    .filter(({ counts }) => counts.size > 0 && (match === 'any' || counts.size === wanted.size))
    .reverse()
    .map(({ item, counts, length }) => {
      let score = 0;
      for (const [word, count] of counts)
        score += (weight(word) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average));
      return { item, score };
    })
    .sort((a, b) => b.score - a.score);
}

/** How much a word counts that so many of all texts have; above 0. */
export function wordWeight(having: number, all: number): number {
  return Math.log(1 + Math.max(0, all - having + 0.5) / (having + 0.5));
}
