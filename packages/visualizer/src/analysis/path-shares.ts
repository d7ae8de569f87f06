import type { CriticalPath, PathKind } from './critical-path.ts';
import { top } from './top.ts';

/** How much of the critical path was spent on one kind of thing. */
export interface KindShare {
  kind: PathKind;
  ms: number;
}

/** How much of the critical path one agent accounts for. */
export interface AgentShare {
  agentId: string;
  /** In model calls. */
  callMs: number;
  /** In tools, own work and waiting for it, if it is a person. */
  otherMs: number;
}

/** Shares of the critical path by kind and by agent, largest first. */
export function pathShares(
  { steps }: CriticalPath,
  count: number,
): { kinds: KindShare[]; agents: AgentShare[] } {
  const kinds = new Map<PathKind, KindShare>();
  const agents = new Map<string, AgentShare>();
  for (const { kind, agentId, durationMs } of steps) {
    const ofKind = kinds.get(kind) ?? { kind, ms: 0 };
    ofKind.ms += durationMs;
    kinds.set(kind, ofKind);
    // What was before the first event is nobody's.
    if (agentId === undefined || kind === 'start') continue;
    const ofAgent = agents.get(agentId) ?? { agentId, callMs: 0, otherMs: 0 };
    if (kind === 'call') ofAgent.callMs += durationMs;
    else ofAgent.otherMs += durationMs;
    agents.set(agentId, ofAgent);
  }
  return {
    kinds: top(kinds.values(), kinds.size, ({ ms }) => ms),
    agents: top(agents.values(), count, ({ callMs, otherMs }) => callMs + otherMs),
  };
}
