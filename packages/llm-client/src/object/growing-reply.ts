import { GrowingJson } from './growing-json.ts';
import { WRAPPED } from './wire-schema.ts';

/** What opens the object, and the list that a model may write in the place of the object around it. */
const START = /\{(?=\s*["}])/;
const START_OR_LIST = /\{(?=\s*["}])|\[(?=\s*["\]{[\d\-tfn])/;

/** What cannot be decided before more has come: an opening bracket and white space behind it. */
const UNDECIDED = /[{[]\s*$/;

/** Reasoning that some servers leave in the text of the reply. */
const THOUGHT = '<think>';
const THOUGHT_END = '</think>';

/** The object in a reply while it is written, between prose, code fences and thoughts. */
export class GrowingReply {
  readonly #wrapped: boolean;
  /** Text in which no object has begun yet. */
  #waiting = '';
  #isThinking: boolean | undefined;
  #json: GrowingJson | undefined;

  /** @param wrapped whether it is the `result` of what was asked for */
  constructor(wrapped: boolean) {
    this.#wrapped = wrapped;
  }

  /** Reads on; returns whether the value may have become another. */
  push(text: string): boolean {
    const { json, changes } = { json: this.#json, changes: this.#json?.changes };
    this.#read(text);
    return this.#json !== json || this.#json?.changes !== changes;
  }

  #read(text: string): void {
    let rest = text;
    // Behind what was no JSON after all there may be some; behind an object nothing is looked for.
    while (rest !== '' && this.#json?.state !== 'whole') {
      if (this.#json?.state === 'growing') {
        rest = rest.slice(this.#json.push(rest));
        continue;
      }
      this.#waiting += rest;
      const start = this.#findStart();
      if (start === -1) return;
      rest = this.#waiting.slice(start);
      this.#waiting = '';
      this.#json = new GrowingJson();
    }
  }

  /** What there is of it; `undefined` before it begins. */
  value(): unknown {
    const value = this.#json?.value();
    if (!this.#wrapped || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (Object.hasOwn(value, WRAPPED)) return (value as Record<string, unknown>)[WRAPPED];
    // A model that leaves out the object around it; unless nothing is known yet.
    return Object.keys(value).length > 0 ? value : undefined;
  }

  #findStart(): number {
    if (this.#isThinking === undefined) {
      const head = this.#waiting.trimStart();
      if (head.length < THOUGHT.length && THOUGHT.startsWith(head)) return -1;
      this.#isThinking = head.startsWith(THOUGHT);
    }
    if (this.#isThinking) {
      const end = this.#waiting.indexOf(THOUGHT_END);
      if (end === -1) {
        this.#waiting = this.#waiting.slice(-THOUGHT_END.length);
        return -1;
      }
      this.#isThinking = false;
      this.#waiting = this.#waiting.slice(end + THOUGHT_END.length);
    }
    const start = this.#waiting.search(this.#wrapped ? START_OR_LIST : START);
    // Only what may still become a beginning is kept, so that long prose is read once.
    if (start === -1) this.#waiting = UNDECIDED.exec(this.#waiting)?.[0] ?? '';
    return start;
  }
}
