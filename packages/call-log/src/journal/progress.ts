import { LiveText } from './live-text.ts';
import type { RunJournal } from './run-journal.ts';

/** Calls whose text is followed at the same time; of one beyond that nothing more is written before it ends. */
const MOST_CALLS = 1_000;

/** Writes the text of the calls that go on, all of them together, every so often. */
export class Progress {
  readonly #everyMs: number;
  readonly #write: (journal: RunJournal, callId: string, text: string) => void;
  readonly #onError: (cause: unknown) => void;
  readonly #calls = new Map<string, { journal: RunJournal; text: LiveText }>();
  #timer: NodeJS.Timeout | undefined;

  /** @param write given scrubbed text that has not been written */
  constructor(
    everyMs: number,
    write: (journal: RunJournal, callId: string, text: string) => void,
    onError: (cause: unknown) => void,
  ) {
    this.#everyMs = everyMs;
    this.#write = write;
    this.#onError = onError;
  }

  /** More text of a call has come. Nothing is looked at yet. */
  add(journal: RunJournal, callId: string, text: string): void {
    const call = this.#calls.get(callId) ?? { journal, text: new LiveText() };
    this.#calls.set(callId, call);
    if (this.#calls.size > MOST_CALLS) this.#forgetOldest();
    call.text.push(text);
    // It holds no process: what a call leaves unsaid when its process ends is in nobody's way.
    this.#timer ??= setTimeout(() => this.flush(), this.#everyMs).unref();
  }

  /** A call has ended, and its reply is on record. */
  end(callId: string): void {
    this.#calls.delete(callId);
  }

  #forgetOldest(): void {
    const { value, done } = this.#calls.keys().next();
    if (!done) this.#calls.delete(value);
  }

  /** Writes what may be written now, of one run or of all. */
  flush(only?: RunJournal): void {
    if (only === undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    for (const [callId, { journal, text }] of this.#calls) {
      if (only !== undefined && only !== journal) continue;
      try {
        const piece = text.take(journal.release);
        if (piece !== '') this.#write(journal, callId, piece);
      } catch (cause) {
        this.#onError(cause);
      }
    }
  }
}
