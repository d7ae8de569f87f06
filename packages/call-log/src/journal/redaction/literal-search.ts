import type { Found } from './finder.ts';

/** Pairs of UTF-16 units fall into so many classes. */
const CLASSES = 1 << 16;

/**
 * Finds any of many literals in one pass that looks at every few characters only: a pair of characters that stands in no
 * literal moves the window by almost the length of the shortest one. A regular expression of a hundred alternatives
 * would try each of them at each character.
 *
 * @see Wu and Manber, A fast algorithm for multi-pattern searching (1994)
 */
export class LiteralSearch {
  /** Longest first, so that the whole is found before its own beginning. */
  readonly #literals: readonly string[];
  readonly #window: number;
  readonly #longest: number;
  /** How far the window may move when it ends with a pair of this class. */
  readonly #shift: Uint8Array;
  /** Pairs that a literal begins with. */
  readonly #begins: Uint8Array;

  /** @param literals each at least two characters long */
  constructor(literals: readonly string[]) {
    this.#literals = [...new Set(literals)].sort((a, b) => b.length - a.length);
    this.#longest = this.#literals[0]?.length ?? 0;
    this.#window = Math.min(this.#literals.at(-1)?.length ?? 2, 255);
    const classes = this.#longest === 0 ? 0 : CLASSES;
    this.#begins = new Uint8Array(classes);
    this.#shift = new Uint8Array(classes).fill(this.#window - 1);
    for (const literal of this.#literals) {
      this.#begins[pairAt(literal, 0)] = 1;
      for (let i = 0; i < this.#window - 1; i++) {
        const pair = pairAt(literal, i);
        this.#shift[pair] = Math.min(this.#shift[pair] ?? 0, this.#window - 2 - i);
      }
    }
  }

  /** Every place where a literal stands; they may overlap. */
  each(text: string, found: Found): void {
    if (this.#longest === 0) return;
    for (let last = this.#window - 1; last < text.length; ) {
      const shift = this.#shift[pairAt(text, last - 1)] ?? 0;
      if (shift === 0) this.#at(text, last - this.#window + 1, found);
      last += shift || 1;
    }
  }

  /**
   * Where the end of `text` is the beginning of a literal, or would be if the text went on; the length of the text when
   * it is not.
   *
   * @param least how much of the literal must be there
   */
  openEnd(text: string, least: number): number {
    if (this.#longest === 0) return text.length;
    const from = Math.max(0, text.length - this.#longest + 1);
    for (let start = from; start <= text.length - Math.max(least, 2); start++)
      if (this.#begins[pairAt(text, start)] === 1 && this.#isBeginning(text, start)) return start;
    return least === 1 && this.#isBeginning(text, text.length - 1) ? text.length - 1 : text.length;
  }

  #at(text: string, start: number, found: Found): void {
    const literal = this.#literals.find((one) => text.startsWith(one, start));
    if (literal !== undefined) found(start, start + literal.length);
  }

  #isBeginning(text: string, start: number): boolean {
    const end = text.slice(start);
    return (
      end !== '' && this.#literals.some((literal) => literal.length > end.length && literal.startsWith(end))
    );
  }
}

/** The class of a character and the next. */
function pairAt(text: string, i: number): number {
  return ((text.charCodeAt(i) << 8) ^ text.charCodeAt(i + 1)) & (CLASSES - 1);
}
