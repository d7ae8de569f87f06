import type { AgentNode, CallNode } from '@pd/call-log/schema';

/** A call, named. */
export interface CallRef {
  agentId: string;
  callId: string;
  /** Which of its agent's calls, from 1. */
  ordinal: number;
}

/** A call with who made it and where it stands. */
export interface PlacedCall {
  agent: AgentNode;
  call: CallNode;
  ordinal: number;
}

/** Every call of some agents, in the order of the record. */
export function* placedCalls(agents: readonly AgentNode[]): Generator<PlacedCall> {
  for (const agent of agents) {
    let ordinal = 0;
    for (const call of agent.calls) yield { agent, call, ordinal: ++ordinal };
  }
}

/** How others refer to it. */
export function refOf({ agent, call, ordinal }: PlacedCall): CallRef {
  return { agentId: agent.id, callId: call.id, ordinal };
}
