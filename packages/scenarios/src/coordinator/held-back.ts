import type { MessageFate } from '../faults/message-fate.ts';
import type { Entry } from './entry.ts';

/** A message that is kept on its way. */
interface Held {
  entry: Entry;
  deliver: () => void;
  /** Turns that have to be finished first; of one that is to be overtaken, `undefined`. */
  turns: number | undefined;
}

/** Messages that an injected fault keeps on their way: until they are overtaken, or late enough, or nothing else is left. */
export class HeldBack {
  #held: Held[] = [];

  get size(): number {
    return this.#held.length;
  }

  hold(entry: Entry, fate: Extract<MessageFate, { type: 'reorder' | 'delay' }>, deliver: () => void): void {
    this.#held.push({ entry, deliver, turns: fate.type === 'delay' ? fate.turns : undefined });
  }

  /** Another message has got there: those of the same way that it was to overtake follow. */
  delivered({ from, to }: Entry): void {
    this.#release(({ entry, turns }) => turns === undefined && entry.from === from && entry.to === to);
  }

  /** A turn is finished. */
  turned(): void {
    for (const held of this.#held) if (held.turns !== undefined) held.turns--;
    this.#release(({ turns }) => turns !== undefined && turns <= 0);
  }

  /** Nothing else is left to do. */
  releaseAll(): void {
    this.#release(() => true);
  }

  #release(isDue: (held: Held) => boolean): void {
    if (this.#held.length === 0) return;
    const due = this.#held.filter(isDue);
    this.#held = this.#held.filter((held) => !due.includes(held));
    for (const { deliver } of due) deliver();
  }
}
