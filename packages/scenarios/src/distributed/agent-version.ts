import { createHash } from 'node:crypto';
import type { Agent } from '@pd/agents';

/** How the version of an agent is told: one for all, or a function. */
export type AgentVersion = string | ((agent: Agent) => string | undefined);

/**
 * The version of an agent, which coordinator and worker have to agree on: the given one, else a hash of what is known of
 * an agent from outside (id, name, role, description). A prompt is not; give a version where that has to be told apart.
 */
export function agentVersion(agent: Agent, given?: AgentVersion): string {
  const told = typeof given === 'function' ? given(agent) : given;
  if (told !== undefined) return told;
  const known = JSON.stringify([agent.id, agent.name, agent.role, agent.description ?? null]);
  return `~${createHash('sha256').update(known).digest('base64url').slice(0, 12)}`;
}
