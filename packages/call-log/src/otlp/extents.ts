import type { RunTree } from '../schema/tree.ts';

/** When agents were at work, by their ids: from the first call or message of each to its last. */
export class Extents {
  readonly #known = new Map<string, { startedAt: string; endedAt: string }>();

  /** Something of the agent was at that time; what is no time is passed over. */
  add(agentId: string, at: string): void {
    if (Number.isNaN(Date.parse(at))) return;
    const { startedAt, endedAt } = this.#known.get(agentId) ?? { startedAt: at, endedAt: at };
    this.#known.set(agentId, {
      startedAt: at < startedAt ? at : startedAt,
      endedAt: at > endedAt ? at : endedAt,
    });
  }

  /** Nothing of an agent that never was. */
  of(agentId: string): { startedAt?: string; endedAt?: string } {
    return this.#known.get(agentId) ?? {};
  }
}

/** The extents of a tree's agents. */
export function extentsOf({ agents, messages }: RunTree): Extents {
  const extents = new Extents();
  for (const { id, calls } of agents)
    for (const { started_at, ended_at = started_at } of calls) {
      extents.add(id, started_at);
      extents.add(id, ended_at);
    }
  for (const { from, at } of messages) if (from !== undefined) extents.add(from, at);
  return extents;
}
