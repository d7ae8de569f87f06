import type { Terminal } from './terminal.ts';

/** Nothing is said of what takes less. */
const PATIENCE_MS = 1_000;
const REDRAWN_MS = 100;

/** Counts on standard error while something takes long, if a person is there to see it. */
export function createProgress(
  what: string,
  total: number,
  { err, stderrIsTerminal, now }: Pick<Terminal, 'err' | 'stderrIsTerminal' | 'now'>,
) {
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

/** Says on standard error which part of long work is under way, if a person is there to see it. */
export function createStages({
  err,
  stderrIsTerminal,
  now,
}: Pick<Terminal, 'err' | 'stderrIsTerminal' | 'now'>) {
  const began = now().getTime();
  let stage = '';
  let shown = false;
  const show = () => {
    const elapsed = now().getTime() - began;
    if (!stderrIsTerminal || elapsed < PATIENCE_MS) return;
    shown = true;
    err(`\r\u001b[K${stage}… ${Math.floor(elapsed / 1000)} s`);
  };
  // What works in one go lets no timer through: then the name of the stage stands there, and the time it began.
  const timer = setInterval(show, REDRAWN_MS).unref();
  return {
    begin(name: string): void {
      stage = name;
      show();
    },
    /** Leaves no trace. */
    end(): void {
      clearInterval(timer);
      if (shown) err('\r\u001b[K');
      shown = false;
    },
  };
}
