import { checkCount } from './check-limit.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when so many messages have been sent, the opening included.
 *
 * @throws {InvalidScenarioError} when it is no positive whole number
 */
export function maxMessages(limit: number): StopCondition {
  checkCount('maxMessages', limit);
  return fromMoments(({ messages }) =>
    messages >= limit ? toVerdict('max_messages', `${messages} messages of ${limit}`) : undefined,
  );
}
