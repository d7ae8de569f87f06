import type { TextPiece } from '../job.ts';

/**
 * Passes the text of one answer on as it comes, each part once: a worker that begins anew is not listened to, and what
 * was missed on the way comes with the whole answer, where it is the end of it.
 */
export class ShownText {
  readonly #show: (text: string) => void;
  #shown = '';
  #try: number | undefined;

  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  piece({ try: number, at, text }: TextPiece): void {
    this.#try ??= number;
    if (number !== this.#try || at !== this.#shown.length) return;
    this.#shown += text;
    this.#show(text);
  }

  /** The whole answer. */
  end(content: string): void {
    const rest = content.startsWith(this.#shown) ? content.slice(this.#shown.length) : '';
    this.#shown = content;
    if (rest !== '') this.#show(rest);
  }
}
