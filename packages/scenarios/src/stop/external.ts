import { latch, type StopCondition, toCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/** A condition that is made true by hand. */
export interface ExternalStop extends StopCondition {
  /** Stops every run that uses it, after the turn it is in. A second time does nothing. */
  now(why?: string): void;
}

/**
 * A button to stop runs with. Unlike the other conditions it is one thing in all runs that use it, and it stays pressed
 * like an AbortController, so that one pressed before a run begins is not lost: make a new one for the next run.
 *
 * @example
 * const stop = external();
 * process.once('SIGINT', () => stop.now('interrupted from the keyboard'));
 */
export function external(): ExternalStop {
  const listeners = new Set<() => void>();
  let detail: string | undefined;
  const condition = toCondition(() => ({
    check: latch(() => (detail === undefined ? undefined : toVerdict('external', detail))),
    deadlineMs: () => undefined,
    subscribe(listener) {
      // One of its own for each, so that one function may be told twice and ended once.
      const tell = () => listener();
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
      };
    },
  }));
  return {
    ...condition,
    now(why = 'stopped from outside') {
      if (detail !== undefined) return;
      detail = String(why);
      for (const tell of [...listeners]) tell();
    },
  };
}
