import type { CallNode } from '@pd/call-log/schema';
import { callTone } from '../text/status.ts';

/** What a cell of a lane shows, from the least to the most important. */
export const CELLS = ['idle', 'ok', 'open', 'cutShort', 'failed'] as const;
export type LaneCell = (typeof CELLS)[number];

/** An agent's time in cells. */
export class LaneCells {
  readonly cells: Uint8Array;
  /** How many messages it sent in each. */
  readonly sent: Uint32Array;
  #length: number;

  /** @param length of the whole time @param columns that it is shown in */
  constructor(length: number, columns: number) {
    this.cells = new Uint8Array(columns);
    this.sent = new Uint32Array(columns);
    this.#length = length;
  }

  addCall(start: number, end: number, status: string): void {
    const first = this.#columnAt(start);
    // What ends where the next one begins does not stand in its cell; all that happened is seen, though.
    const last = Math.max(first, this.#columnAt(end, true));
    const cell = CELLS.indexOf(cellOf(status));
    for (let column = first; column <= last; column++)
      if ((this.cells[column] ?? 0) < cell) this.cells[column] = cell;
  }

  addMessage(at: number): void {
    const column = this.#columnAt(at);
    this.sent[column] = (this.sent[column] ?? 0) + 1;
  }

  #columnAt(at: number, before = false): number {
    const exact = (at / this.#length) * this.cells.length;
    const column = before ? Math.ceil(exact) - 1 : Math.floor(exact);
    return Math.min(this.cells.length - 1, Math.max(0, column));
  }
}

function cellOf(status: string): LaneCell {
  switch (callTone(status as CallNode['status'])) {
    case 'good':
      return 'ok';
    case 'bad':
      return 'failed';
    case 'warn':
      return 'cutShort';
    case 'open':
      return 'open';
  }
}
