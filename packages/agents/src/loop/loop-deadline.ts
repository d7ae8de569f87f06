/** The time an answer may take. */
export interface LoopDeadline {
  /** Aborted when the answer is, or when its time is over. */
  signal: AbortSignal;
  /** Whether it was the time that ended it. */
  readonly isOver: boolean;
  clear(): void;
}

/** Longer than Node's timers can wait is no limit. @see https://nodejs.org/api/timers.html */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** @param seconds `undefined`: no limit */
export function startLoopDeadline(
  seconds: number | undefined,
  signal: AbortSignal = new AbortController().signal,
): LoopDeadline {
  if (seconds === undefined || seconds * 1000 > LONGEST_WAIT_MS)
    return { signal, isOver: false, clear: () => {} };
  const own = new AbortController();
  const timer = setTimeout(
    () => own.abort(new Error(`the answer took longer than ${seconds} s`)),
    seconds * 1000,
  );
  return {
    signal: AbortSignal.any([signal, own.signal]),
    get isOver() {
      return own.signal.aborted && !signal.aborted;
    },
    clear: () => clearTimeout(timer),
  };
}
