import type { RunTree } from '@pd/call-log/schema';

/** Somebody on record who asked nothing and said nothing. */
export interface SilentAgent {
  agentId: string;
  /** Messages it was sent. */
  received: number;
}

/** Agents without a call and without a message of their own, also those whom only messages name; the most written to first. */
export function findSilentAgents(tree: RunTree): SilentAgent[] {
  const silent = new Map<string, SilentAgent>();
  for (const { id, calls } of tree.agents) {
    if (calls.length === 0) silent.set(id, { agentId: id, received: 0 });
  }
  const asking = new Set(tree.agents.filter(({ calls }) => calls.length > 0).map(({ id }) => id));
  for (const { to } of tree.messages) {
    if (to === undefined || asking.has(to)) continue;
    const agent = silent.get(to) ?? { agentId: to, received: 0 };
    agent.received++;
    silent.set(to, agent);
  }
  for (const { from } of tree.messages) if (from !== undefined) silent.delete(from);
  return [...silent.values()].sort((a, b) => b.received - a.received);
}
