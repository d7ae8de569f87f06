import { createHash } from 'node:crypto';

/**
 * The name of a job: the same for the same message to the same agent in the same run, so that a coordinator that begins
 * anew finds the job of the one before. BullMQ takes no whole numbers and no colons; a hash has neither problem.
 *
 * @param decisions of an answer that goes on after them, which is another job than the message itself
 */
export function toJobId(scope: string, messageId: string, agentId: string, decisions?: object): string {
  const named = JSON.stringify([scope, messageId, agentId, ...(decisions === undefined ? [] : [decisions])]);
  return `m${createHash('sha256').update(named).digest('base64url').slice(0, 27)}`;
}
