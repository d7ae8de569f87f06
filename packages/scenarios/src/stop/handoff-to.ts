import { checkText } from './check-limit.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when an agent has handed over to this one: a person, say, who is to go on outside of the run.
 *
 * @throws {InvalidScenarioError} for an empty id
 */
export function handoffTo(agentId: string): StopCondition {
  checkText('handoffTo', agentId);
  return fromMoments(({ last }) =>
    last?.handedTo === agentId
      ? toVerdict('handoff', `${last.from} has handed over to ${agentId}`)
      : undefined,
  );
}
