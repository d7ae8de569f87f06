/** What a turn shows of itself: its beginning, its text as it comes, and its end. */
interface Turn {
  text: string;
  isOver: boolean;
}

/**
 * Several may speak at the same time; only one of them can be read as it comes. Whoever began first has the floor, and what
 * the others say meanwhile is shown when the floor is theirs.
 */
export class Floor {
  readonly #write: (text: string) => void;
  /** By the number of the turn; remarks have a key of their own. */
  readonly #turns = new Map<number | symbol, Turn>();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  begin(turn: number, text: string): void {
    this.#turns.set(turn, { text: '', isOver: false });
    this.say(turn, text);
  }

  say(turn: number, text: string): void {
    const found = this.#turns.get(turn);
    // A turn that nobody has announced is over, or none.
    if (found === undefined || this.#first() === turn) this.#write(text);
    else found.text += text;
  }

  end(turn: number, text: string): void {
    this.say(turn, text);
    const found = this.#turns.get(turn);
    if (found === undefined) return;
    found.isOver = true;
    this.#passOn();
  }

  /** Shows lines that belong to nobody's turn, between those of others. */
  remark(text: string): void {
    if (this.#turns.size === 0) this.#write(text);
    else this.#turns.set(Symbol('remark'), { text, isOver: true });
  }

  /** Shows everything that has not been shown: nobody will say how it ends. */
  clear(): void {
    for (const { text } of this.#turns.values()) this.#write(text);
    this.#turns.clear();
  }

  #first(): number | symbol | undefined {
    const [first] = this.#turns.keys();
    return first;
  }

  /** The floor goes to those who came after, until one of them still speaks. */
  #passOn(): void {
    for (const [turn, { isOver }] of this.#turns) {
      if (!isOver) return;
      this.#turns.delete(turn);
      const next = this.#turns.values().next().value;
      if (next === undefined) return;
      this.#write(next.text);
      next.text = '';
    }
  }
}
