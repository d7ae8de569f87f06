import type { Terminal } from './terminal.ts';

/** Nothing is said of what takes less. */
const PATIENCE_MS = 1_000;
const REDRAWN_MS = 100;

/** Counts on standard error while something takes long, if a person is there to see it. */
export function createProgress(what: string, total: number, { err, stderrIsTerminal, now }: Terminal) {
  let due = now().getTime() + PATIENCE_MS;
  let shown = false;
  return {
    at(done: number): void {
      const time = now().getTime();
      if (!stderrIsTerminal || time < due) return;
      due = time + REDRAWN_MS;
      shown = true;
      err(`\r${what} ${done} of ${total}…`);
    },
    /** Leaves no trace. */
    end(): void {
      if (shown) err('\r\u001b[K');
      shown = false;
    },
  };
}
