import type { AgentRef } from '@pd/call-log/schema';
import { untilAborted } from '../until-aborted.ts';
import type { ReadyCall } from './ready-call.ts';
import type { Approval, ApprovalRequest } from './tool.ts';

/** The approvals of an agent, for all its tools; the strictest of this and the tool's own counts. */
export type Approve = (
  call: ApprovalRequest & { input: unknown },
) => Approval | undefined | undefined | Promise<Approval | undefined | undefined>;

/** A tool call, and whether somebody has to be asked first. */
export interface Approved {
  call: ReadyCall;
  needsDecision: boolean;
}

/**
 * Decides what becomes of the tool calls of a step. What fails to decide denies.
 *
 * @throws the signal's reason, also when who decides takes no notice of it
 */
export function approveCalls(
  calls: readonly ReadyCall[],
  approve: Approve | undefined,
  { callId, agent, signal }: { callId: string; agent: AgentRef; signal: AbortSignal | undefined },
): Promise<Approved[]> {
  return Promise.all(
    calls.map(async (call) => {
      if (call.type !== 'run') return { call, needsDecision: false };
      const request = { name: call.name, toolCallId: call.id, callId, agent };
      const decision = await untilAborted(signal, () => strictest(call, approve, request));
      if (decision === 'ask') return { call, needsDecision: true };
      return { call: decision === 'allow' ? call : denied(call, decision), needsDecision: false };
    }),
  );
}

/** The same call, not to be run. */
export function denied(call: ReadyCall, decision: 'deny' | { deny: string }): ReadyCall {
  const { id, name, arguments: given, position } = call;
  const reason = typeof decision === 'object' ? decision.deny : 'it is not allowed';
  return { id, name, arguments: given, position, type: 'denied', reason };
}

async function strictest(
  { tool, input }: Extract<ReadyCall, { type: 'run' }>,
  approve: Approve | undefined,
  request: ApprovalRequest,
): Promise<Approval> {
  try {
    const own =
      typeof tool.approval === 'function' ? await tool.approval(input as never, request) : tool.approval;
    const agents = (await approve?.({ ...request, input })) ?? 'allow';
    return [own, agents].toSorted((a, b) => strictness(b) - strictness(a))[0] ?? 'allow';
  } catch (error) {
    return {
      deny: `whether it is allowed could not be found out: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** What is no decision at all is as strict as a denial. */
function strictness(decision: Approval): number {
  return decision === 'allow' ? 0 : decision === 'ask' ? 1 : 2;
}
