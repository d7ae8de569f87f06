import type { AgentRef } from '@pd/call-log/schema';
import type { ChatMessageParam, ToolCall } from '@pd/llm-client';
import { InvalidResumeError } from '../errors/invalid-resume-error.ts';
import { type Approve, approveCalls, denied } from '../tools/approve.ts';
import { type ReadyCall, readyCalls } from '../tools/ready-call.ts';
import type { AgentTool } from '../tools/tool.ts';
import type { Decision, PendingApproval } from './pending-approval.ts';

/**
 * The tool calls of an answer that waited, as they were decided on. They are read from the conversation and judged again, so
 * that a changed file cannot let through what has to be asked.
 *
 * @throws {InvalidResumeError} when it is none of this agent, or a decision is missing or about nothing
 */
export async function fromPending(
  pending: PendingApproval,
  decisions: Readonly<Record<string, Decision>>,
  {
    agent,
    tools,
    approve,
    signal,
  }: {
    agent: AgentRef;
    tools: readonly AgentTool[];
    approve: Approve | undefined;
    signal: AbortSignal | undefined;
  },
): Promise<ReadyCall[]> {
  const calls = await readyCalls({ toolCalls: toolCallsOf(pending, agent) }, tools);
  for (const id of Object.keys(decisions))
    if (!calls.some((call) => call.id === id))
      throw new InvalidResumeError(`there is a decision about ${id}, which is no tool call of this answer`);
  const approved = await approveCalls(calls, approve, { callId: pending.call_id, agent, signal });
  return approved.map(({ call, needsDecision }) => {
    const decision = Object.hasOwn(decisions, call.id) ? decisions[call.id] : undefined;
    if (decision !== undefined && !isDecision(decision))
      throw new InvalidResumeError(
        `the decision about ${call.id} must be allow, deny or { deny: why }, got ${JSON.stringify(decision)}`,
      );
    if (decision !== undefined && decision !== 'allow') return denied(call, decision);
    if (needsDecision && decision === undefined)
      throw new InvalidResumeError(`${call.name} (${call.id}) waits for a decision; give allow or deny`);
    return call;
  });
}

function toolCallsOf(pending: PendingApproval, { id }: AgentRef): ToolCall[] {
  const { version, agent_id, call_id, messages, added, spent, message } = Object(
    pending,
  ) as Partial<PendingApproval>;
  if (version !== 1)
    throw new InvalidResumeError(`this is no pending approval of version 1: version is ${String(version)}`);
  if (agent_id !== id)
    throw new InvalidResumeError(`this answer is one of the agent ${String(agent_id)}, not of ${id}`);
  const last: ChatMessageParam | undefined = Array.isArray(messages) ? messages.at(-1) : undefined;
  const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
  const isWhole =
    typeof call_id === 'string' &&
    typeof message?.content === 'string' &&
    isCount(added) &&
    (added as number) < (messages?.length ?? 0) &&
    isCount(spent?.steps) &&
    typeof spent?.tokens === 'number' &&
    last?.role === 'assistant' &&
    Array.isArray(last.tool_calls);
  if (!isWhole)
    throw new InvalidResumeError('this pending approval is not whole: it has to be given back as it was');
  return (last.tool_calls ?? []).map((call): ToolCall => {
    const { name, text } =
      call.type === 'function'
        ? { name: call.function.name, text: call.function.arguments }
        : { name: call.custom.name, text: call.custom.input };
    return { id: call.id, name, arguments: text, json: call.type === 'function' ? parsed(text) : undefined };
  });
}

function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDecision(decision: unknown): decision is Decision {
  if (decision === 'allow' || decision === 'deny') return true;
  return typeof (decision as { deny?: unknown } | null)?.deny === 'string';
}
