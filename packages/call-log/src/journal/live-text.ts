import type { Released } from './redactor.ts';

/** What is kept of the text that has been written, so that what names a value is seen with it. UTF-16 units. */
const CONTEXT = 4096;
/** A text of which more than this cannot be written yet, such as one long word, is no longer followed. UTF-16 units. */
const MOST_HELD_BACK = 64 * 1024;

/** Scrubs what may be written of a text that is not complete; as in `Redactor`. */
type Release = (text: string, from: number) => Released;

/**
 * The text of a reply while it comes. Gives it on in pieces that may be written: scrubbed, and never with a part of
 * something that may turn out to be a secret.
 */
export class LiveText {
  /** What has been given on, the end of it; and what has not. */
  #text = '';
  #given = 0;
  #lost = false;

  push(text: string): void {
    if (!this.#lost) this.#text += text;
  }

  /** The next piece; empty when there is nothing that may be written. @throws what `release` throws: then no more comes */
  take(release: Release): string {
    if (this.#lost || this.#given === this.#text.length) return '';
    this.#lost = true;
    const { text, upTo } = release(this.#text, this.#given);
    const from = Math.max(0, upTo - CONTEXT);
    this.#text = this.#text.slice(from);
    this.#given = upTo - from;
    this.#lost = this.#text.length - this.#given > MOST_HELD_BACK;
    if (this.#lost) this.#text = '';
    return text;
  }
}
