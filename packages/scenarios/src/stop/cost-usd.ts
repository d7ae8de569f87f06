import { checkAmount } from './check-limit.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when the calls of the run have cost so many US dollars. It is asked between turns, so the turn that reaches the
 * limit is finished, and paid for; a `budget` of the client holds calls back before they are sent.
 *
 * When the price of a call is not known, the limit cannot be held: the run stops with the reason `unpriced`.
 *
 * @throws {InvalidScenarioError} when it is no number above 0
 */
export function costUsd(limit: number): StopCondition {
  checkAmount('costUsd', limit);
  return fromMoments(({ costUsd: spent }) => {
    if (spent === undefined)
      return toVerdict(
        'unpriced',
        'the price of a call is not known, so the limit on dollars cannot be held',
      );
    return spent >= limit ? toVerdict('cost_usd', `$${spent} of $${limit}`) : undefined;
  });
}
