import { checkAmount } from './check-limit.ts';
import { latch, type StopCondition, toCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when the run has taken so many milliseconds, by its own clock or by what the moment says, whichever is first
 * (a run that is resumed may say that it has begun before).
 *
 * @throws {InvalidScenarioError} when it is no number above 0
 */
export function timeout(ms: number): StopCondition {
  checkAmount('timeout', ms);
  return toCondition(({ now }) => {
    const deadlineMs = now() + ms;
    let over = false;
    const check = latch(({ elapsedMs }) => {
      over = elapsedMs >= ms || now() >= deadlineMs;
      return over ? toVerdict('timeout', `the run has taken its ${ms} ms`) : undefined;
    });
    return { check, deadlineMs: () => (over ? undefined : deadlineMs), subscribe: () => () => {} };
  });
}
