import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { beginBoth, beginEither } from './combine.ts';
import type { Moment } from './moment.ts';
import type { StopVerdict } from './stop-verdict.ts';

/** What a run gives its stop condition. */
export interface StopOptions {
  /** The run's clock, in milliseconds since any fixed time. */
  now: () => number;
}

/** A stop condition at work in one run. */
export interface StopState {
  /**
   * To be asked once for every message, and whenever time has passed or {@link StopState.subscribe} calls. A verdict
   * stays: once there, it is given for ever, unchanged.
   */
  check(moment: Moment): StopVerdict | undefined;
  /**
   * When the condition will be true if nothing else happens, on the clock of the run; `undefined`: never. It may be
   * farther away than a timer can be set (2³¹ − 1 ms), and has to be read again after every check.
   */
  deadlineMs(): number | undefined;
  /** Calls the listener when something outside of the run may have made the condition true. Returns how to end that. */
  subscribe(listener: () => void): () => void;
}

/**
 * When a run is to stop. A description without a state of its own: it can be used for any number of runs at once, each
 * of which begins it for itself.
 *
 * Conditions latch, as AutoGen's do: one that has been true counts as true from then on, so `a.and(b)` is true once each
 * has been, not only when both are at the same moment.
 *
 * @see https://microsoft.github.io/autogen/stable/reference/python/autogen_agentchat.conditions.html
 */
export interface StopCondition {
  begin(options: StopOptions): StopState;
  /** True once both have been true. */
  and(other: StopCondition): StopCondition;
  /** True once one of them is. */
  or(other: StopCondition): StopCondition;
}

/** Makes a condition that can be composed out of what it does in one run. */
export function toCondition(begin: (options: StopOptions) => StopState): StopCondition {
  return {
    begin,
    and(other) {
      checkCondition(other, 'and');
      return toCondition((options) => beginBoth(begin(options), other.begin(options)));
    },
    or(other) {
      checkCondition(other, 'or');
      return toCondition((options) => beginEither(begin(options), other.begin(options)));
    },
  };
}

/** A condition on moments alone, which needs neither a clock nor anything from outside. */
export function fromMoments(check: (moment: Moment) => StopVerdict | undefined): StopCondition {
  return toCondition(() => ({ check: latch(check), deadlineMs: () => undefined, subscribe: () => () => {} }));
}

/** Asks until there is a verdict, which is then the answer for ever. */
export function latch(
  check: (moment: Moment) => StopVerdict | undefined,
): (moment: Moment) => StopVerdict | undefined {
  let verdict: StopVerdict | undefined;
  return (moment) => {
    verdict ??= check(moment);
    return verdict;
  };
}

function checkCondition(value: StopCondition, where: string): void {
  if (typeof value?.begin !== 'function')
    throw new InvalidScenarioError(
      `${where}() was not given a stop condition: give one, such as maxTurns(10)`,
    );
}
