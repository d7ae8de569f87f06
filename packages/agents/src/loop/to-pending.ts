import type { AgentRef } from '@pd/call-log/schema';
import type { Approved } from '../tools/approve.ts';
import type { PendingApproval } from './pending-approval.ts';
import type { Turn } from './turn.ts';

/** An answer that cannot go on without a decision, as data. */
export function toPending(
  turn: Turn,
  agent: AgentRef,
  callId: string,
  approved: readonly Approved[],
): PendingApproval {
  const { steps, tokens, costUsd } = turn.spent;
  const { before, added } = turn;
  return {
    version: 1,
    agent_id: agent.id,
    call_id: callId,
    tool_calls: approved.map(({ call: { id, name, arguments: given }, needsDecision }) => ({
      id,
      name,
      arguments: given,
      needs_decision: needsDecision,
    })),
    message: turn.message,
    messages: [...before, ...added],
    added: added.length,
    spent: { steps, tokens, ...(costUsd !== undefined && { cost_usd: costUsd }) },
  };
}
