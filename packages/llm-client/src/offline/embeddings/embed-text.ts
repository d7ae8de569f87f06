import { isContentWord, wordsOf } from '../keywords.ts';

/** How much of a text is read. */
const READ = 100_000;
/** A word says more than the three letters in it. */
const WORD_WEIGHT = 1;
const STEM_WEIGHT = 0.5;
const TRIGRAM_WEIGHT = 0.25;

/**
 * A vector of length 1 from the words of a text and the letters in them, each hashed to one dimension and a sign: texts
 * that share words are near each other, texts that share parts of words are nearer than those that share nothing. It
 * knows no meaning.
 *
 * @see https://alex.smola.org/papers/2009/Weinbergeretal09.pdf feature hashing
 */
export function embedText(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const add = (feature: string, weight: number) => {
    const hashed = hash32(feature);
    const at = hashed % dimensions;
    // The highest bit; the lower ones have chosen the place.
    vector[at] = (vector[at] ?? 0) + (hashed >>> 31 === 0 ? weight : -weight);
  };
  for (const word of wordsOf(text.slice(0, READ))) {
    const weight = isContentWord(word) ? 1 : 0.1;
    add(`w:${word}`, WORD_WEIGHT * weight);
    add(`s:${word.slice(0, 5)}`, STEM_WEIGHT * weight);
    const edged = `^${word}$`;
    for (let i = 0; i + 3 <= edged.length; i++) add(`t:${edged.slice(i, i + 3)}`, TRIGRAM_WEIGHT * weight);
  }
  const length = Math.hypot(...vector);
  // A text without words has a place of its own.
  if (length === 0) vector[hash32(text) % dimensions] = 1;
  else for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] ?? 0) / length;
  return vector;
}

/** FNV-1a with a last mix. @see https://www.rfc-editor.org/rfc/rfc9923 */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}
