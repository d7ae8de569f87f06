import { checkText } from './check-limit.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when this agent has said something.
 *
 * @throws {InvalidScenarioError} for an empty id
 */
export function from(agentId: string): StopCondition {
  checkText('from', agentId);
  return fromMoments(({ last }) =>
    last?.from === agentId ? toVerdict('from', `${agentId} has spoken`) : undefined,
  );
}
