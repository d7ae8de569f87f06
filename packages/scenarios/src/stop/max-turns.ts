import { checkCount } from './check-limit.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when so many turns are finished.
 *
 * @throws {InvalidScenarioError} when it is no positive whole number
 */
export function maxTurns(limit: number): StopCondition {
  checkCount('maxTurns', limit);
  return fromMoments(({ turns }) =>
    turns >= limit ? toVerdict('max_turns', `${turns} turns of ${limit}`) : undefined,
  );
}
