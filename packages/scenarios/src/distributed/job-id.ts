import { createHash } from 'node:crypto';

/**
 * The name of a job: the same for the same message to the same agent in the same run, so that a coordinator that begins
 * anew finds the job of the one before. BullMQ takes no whole numbers and no colons; a hash has neither problem.
 */
export function toJobId(scope: string, messageId: string, agentId: string): string {
  const named = JSON.stringify([scope, messageId, agentId]);
  return `m${createHash('sha256').update(named).digest('base64url').slice(0, 27)}`;
}
