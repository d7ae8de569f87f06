import type { Moment } from './moment.ts';
import type { StopState } from './stop-condition.ts';
import type { StopCause, StopVerdict } from './stop-verdict.ts';

/** True once both have been true; every part sees every moment, so that none misses what was said early. */
export function beginBoth(left: StopState, right: StopState): StopState {
  const parts = [follow(left), follow(right)] as const;
  let verdict: StopVerdict | undefined;
  return {
    check(moment) {
      if (verdict !== undefined) return verdict;
      const before = parts[0].verdict !== undefined;
      for (const part of parts) part.see(moment);
      const [a, b] = [parts[0].verdict, parts[1].verdict];
      if (a === undefined || b === undefined) return undefined;
      verdict = join(before ? [a, b] : [b, a]);
      return verdict;
    },
    deadlineMs() {
      if (verdict !== undefined) return undefined;
      const waiting = parts
        .filter((part) => part.verdict === undefined)
        .map((part) => part.state.deadlineMs());
      return latest(waiting);
    },
    subscribe: (listener) => subscribeBoth(left, right, listener),
  };
}

/** True once one of them is. */
export function beginEither(left: StopState, right: StopState): StopState {
  let verdict: StopVerdict | undefined;
  return {
    check(moment) {
      if (verdict !== undefined) return verdict;
      const [a, b] = [left.check(moment), right.check(moment)];
      // Both at the same moment: the one that was written first gives the reason, and neither is kept back.
      verdict = a !== undefined && b !== undefined ? join([b, a]) : (a ?? b);
      return verdict;
    },
    deadlineMs() {
      if (verdict !== undefined) return undefined;
      const known = [left.deadlineMs(), right.deadlineMs()].filter((at) => at !== undefined);
      return known.length === 0 ? undefined : Math.min(...known);
    },
    subscribe: (listener) => subscribeBoth(left, right, listener),
  };
}

function follow(state: StopState) {
  let verdict: StopVerdict | undefined;
  return {
    state,
    get verdict() {
      return verdict;
    },
    see(moment: Moment): void {
      verdict = state.check(moment);
    },
  };
}

/** The last one gives the reason: without it the run would go on. */
function join([first, last]: readonly [StopVerdict, StopVerdict]): StopVerdict {
  const causes: StopCause[] = [...first.causes, ...last.causes];
  return { reason: last.reason, detail: causes.map(({ detail }) => detail).join('; '), causes };
}

/** The time by which all are true; never, when one of them may never be. */
function latest(deadlines: readonly (number | undefined)[]): number | undefined {
  const known = deadlines.filter((at) => at !== undefined);
  return known.length === deadlines.length && known.length > 0 ? Math.max(...known) : undefined;
}

function subscribeBoth(left: StopState, right: StopState, listener: () => void): () => void {
  const ends = [left.subscribe(listener), right.subscribe(listener)];
  return () => {
    for (const end of ends) end();
  };
}
