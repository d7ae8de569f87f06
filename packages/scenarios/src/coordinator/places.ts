import type { MessagePlace } from '../faults/message-fate.ts';

/** Counts the messages from one to another. */
export class Places {
  readonly #posted = new Map<string, Map<string, number>>();

  /** The place of the next one. */
  next(from: string, to: string): MessagePlace {
    let ofSender = this.#posted.get(from);
    if (ofSender === undefined) {
      ofSender = new Map();
      this.#posted.set(from, ofSender);
    }
    const n = (ofSender.get(to) ?? 0) + 1;
    ofSender.set(to, n);
    return { from, to, n };
  }
}
