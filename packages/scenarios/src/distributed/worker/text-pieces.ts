import type { TextPiece } from '../job.ts';

/** Pieces that come sooner after each other go together, in milliseconds. */
const TOGETHER_MS = 40;

/** Publishes the text of an answer as it comes, in pieces that say where they belong. */
export class TextPieces {
  readonly #publish: (piece: TextPiece) => void;
  readonly #of: Pick<TextPiece, 'job' | 'try'>;
  #at = 0;
  #text = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(of: Pick<TextPiece, 'job' | 'try'>, publish: (piece: TextPiece) => void) {
    this.#of = of;
    this.#publish = publish;
  }

  add(text: string): void {
    this.#text += text;
    this.#timer ??= setTimeout(() => this.#flush(), TOGETHER_MS);
  }

  /** Nothing more is published. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#publish({ ...this.#of, at: this.#at, text: this.#text });
    this.#at += this.#text.length;
    this.#text = '';
  }
}
