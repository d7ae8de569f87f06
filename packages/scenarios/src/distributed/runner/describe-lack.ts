import type { NoWorkerReason } from '../errors/no-worker-error.ts';
import type { JobData, Presence } from '../job.ts';

/** Why none of the workers that are there has taken a message, as far as they say. */
export function describeLack(
  { agent_id: agentId, agent_version: version }: Pick<JobData, 'agent_id' | 'agent_version'>,
  role: string,
  workers: readonly Presence[],
): { reason: NoWorkerReason; what: string } {
  const forRole = workers.filter(({ roles }) => roles.includes(role));
  if (forRole.length === 0)
    return {
      reason: 'no_worker_for_role',
      what: `there is no worker for the role ${JSON.stringify(role)} (${count(workers.length, 'worker')} for others): start one with pd-worker`,
    };
  const knowing = forRole.filter(({ agents }) => agents[agentId] !== undefined);
  if (knowing.length === 0)
    return {
      reason: 'agent_unknown',
      what: `${count(forRole.length, 'worker')} for the role ${JSON.stringify(role)}, and none has an agent ${JSON.stringify(agentId)}: start one whose module has it`,
    };
  const fitting = knowing.filter(({ agents }) => version === undefined || agents[agentId] === version);
  if (fitting.length === 0) {
    const others = [...new Set(knowing.map(({ agents }) => agents[agentId]))].join(', ');
    return {
      reason: 'other_version',
      what: `version ${version} of ${JSON.stringify(agentId)} is asked for, and the workers have ${others}: bring them to the same version`,
    };
  }
  return {
    reason: 'all_busy',
    what: `${count(fitting.length, 'worker')} could, and all are busy: add workers, or raise noWorkerMs`,
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
