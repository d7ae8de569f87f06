import { alignSequences } from './align-sequences.ts';

/** A stretch of text that both have, or only the first, or only the second. */
export interface WordPiece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** What changed between two texts. */
export interface WordDiff {
  removedWords: number;
  addedWords: number;
  /** In order; what is the same is cut in the middle, and the whole at about 1,200 characters. */
  pieces: WordPiece[];
}

/** Words beyond this many are not compared. */
const MOST_WORDS = 20_000;
/** Characters of pieces. */
const LONGEST = 1200;
/** Characters between two changes that are worth showing as the same. */
const SHORTEST_SAME = 12;
/** Of what is the same, at each end. */
const CONTEXT = 40;

/** Two texts word by word. Near-linear; of texts beyond 20,000 words, the beginnings are compared. */
export function wordDiff(a: string, b: string): WordDiff {
  const [wordsA, wordsB] = [words(a), words(b)];
  const numbers = new Map<string, number>();
  const numberOf = (word: string) => numbers.get(word) ?? numbers.set(word, numbers.size).size - 1;
  const matches = alignSequences(wordsA.map(numberOf), wordsB.map(numberOf));
  const all: WordPiece[] = [];
  const add = (kind: WordPiece['kind'], text: string) => {
    const last = all.at(-1);
    if (text === '') return;
    if (last?.kind === kind) last.text += text;
    else all.push({ kind, text });
  };
  let [fromA, fromB] = [0, 0];
  for (const [placeA, placeB] of [...matches, [wordsA.length, wordsB.length] as const]) {
    add('removed', wordsA.slice(fromA, placeA).join(''));
    add('added', wordsB.slice(fromB, placeB).join(''));
    add('same', wordsA[placeA] ?? '');
    [fromA, fromB] = [placeA + 1, placeB + 1];
  }
  const isWord = (word: string) => word.trim() !== '';
  const same = matches.filter(([place]) => isWord(wordsA[place] ?? '')).length;
  return {
    removedWords: wordsA.filter(isWord).length - same,
    addedWords: wordsB.filter(isWord).length - same,
    pieces: shortened(withoutConfetti(all)),
  };
}

/** Words and what is between them, so that joining gives the text back. */
function words(text: string): string[] {
  const found: string[] = [];
  for (const [word] of text.matchAll(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu)) {
    if (found.length >= MOST_WORDS) break;
    found.push(word);
  }
  return found;
}

/** Words that happen to be in both, between others that are not, would only make what changed unreadable. */
function withoutConfetti(pieces: readonly WordPiece[]): WordPiece[] {
  const clear: WordPiece[] = [];
  let [removed, added] = ['', ''];
  const flush = () => {
    if (removed !== '') clear.push({ kind: 'removed', text: removed });
    if (added !== '') clear.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const [i, piece] of pieces.entries()) {
    const isBetween = removed !== '' && added !== '' && i < pieces.length - 1;
    if (piece.kind === 'removed') removed += piece.text;
    else if (piece.kind === 'added') added += piece.text;
    else if (isBetween && piece.text.length < SHORTEST_SAME) {
      removed += piece.text;
      added += piece.text;
    } else {
      flush();
      clear.push(piece);
    }
  }
  flush();
  return clear;
}

function shortened(pieces: readonly WordPiece[]): WordPiece[] {
  const short: WordPiece[] = [];
  let left = LONGEST;
  for (const [i, { kind, text }] of pieces.entries()) {
    const fits = kind === 'same' ? middleCut(text, i === 0, i === pieces.length - 1) : text;
    short.push({ kind, text: (fits.length > left ? `${fits.slice(0, left)}…` : fits).toWellFormed() });
    left -= fits.length;
    if (left <= 0) break;
  }
  return short;
}

function middleCut(text: string, isFirst: boolean, isLast: boolean): string {
  const [head, tail] = [isFirst ? 0 : CONTEXT, isLast ? 0 : CONTEXT];
  if (text.length <= head + tail + 1) return text;
  return `${text.slice(0, head)}…${tail === 0 ? '' : text.slice(-tail)}`;
}
