import { RunFold } from '../tree/run-fold.ts';
import type { SpillFile } from '../tree/spill-file.ts';
import { LineSplitter } from './lines.ts';
import { parseLine } from './parse-line.ts';

/** Folds a journal as its bytes come in. */
export class JournalFold {
  readonly run: RunFold;
  readonly #lines = new LineSplitter();

  constructor(spill?: SpillFile) {
    this.run = new RunFold(spill);
  }

  push(chunk: Buffer): void {
    for (const line of this.#lines.push(chunk)) this.#line(line);
  }

  /** No more bytes will come. A whole record without its line end still counts; half a one is damage. */
  end(): void {
    this.#line(this.#lines.rest());
  }

  #line(line: string): void {
    if (line === '') return;
    const parsed = parseLine(line);
    if (parsed.kind === 'event') this.run.push(parsed.event);
    else if (parsed.kind === 'damaged') this.run.damagedLines++;
  }
}
