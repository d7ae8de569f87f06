import type { Agent } from '@pd/agents';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';

/** What becomes of an agent that fails, by throwing or by not answering in time. */
export interface Supervision {
  /** How often a message is given to it again. Default: 0. */
  retries?: number | undefined;
  /**
   * What happens when that does not help. `reject` (the default): the message is rejected, and whoever asked gets the error.
   * `stop`: so it is, and the whole scenario stops (`agent_failed`). `replaceBy`: another agent takes this and all later
   * messages in its place. `escalateTo`: the agent of that id is told what failed, and its answer is the answer.
   */
  onFailure?: 'reject' | 'stop' | { replaceBy: Agent } | { escalateTo: string } | undefined;
}

/** @throws {InvalidScenarioError} for a policy that makes no sense */
export function checkSupervision(supervision: Supervision, whose: string): Supervision {
  const { retries = 0, onFailure = 'reject' } = Object(supervision) as Supervision;
  if (!Number.isSafeInteger(retries) || retries < 0)
    throw new InvalidScenarioError(`${whose}: retries is ${String(retries)}: give a whole number from 0`);
  const isKnown =
    onFailure === 'reject' ||
    onFailure === 'stop' ||
    (typeof onFailure === 'object' &&
      onFailure !== null &&
      ('escalateTo' in onFailure
        ? typeof onFailure.escalateTo === 'string'
        : typeof onFailure.replaceBy?.respond === 'function'));
  if (!isKnown)
    throw new InvalidScenarioError(
      `${whose}: onFailure must be reject, stop, { replaceBy: agent } or { escalateTo: id }`,
    );
  return { retries, onFailure };
}
