import type { AgentNode, CallNode, MessageNode, RunTree } from '../schema/tree.ts';
import { type CanonicalRequest, canonicalRequests } from './canonical-requests.ts';

/** What two executions of the same run have in common; compare with deep equality. */
export type CanonicalTree = ReturnType<typeof canonicalTree>;

/**
 * A tree without what differs between two executions of the same run: times, durations, ids, ports,
 * overhead, steps, attempts whose reply never got on record (interrupted ones, and good ones that had to be made again) and what
 * had come of a reply that never ended. Requests are told by way of the call before, whichever process has made it. Agents are in order of id, calls in the order their agent made them,
 * messages by sender and receiver in the order they were sent: to whom of several a program writes first may be a matter of time.
 */
export function canonicalTree(tree: RunTree) {
  const agents = tree.agents.toSorted((a, b) => compare(a.id, b.id));
  const messages = tree.messages.toSorted(
    (a, b) => compare(a.from ?? '', b.from ?? '') || compare(a.to ?? '', b.to ?? ''),
  );
  const ordinals = new Map(
    agents.flatMap((agent) => agent.calls.map((call, i) => [call.id, `${agent.id}#${i + 1}`] as const)),
  );
  const name = (callId: string | undefined) => (callId === undefined ? undefined : ordinals.get(callId));
  const requests = canonicalRequests(tree);
  return {
    run: { name: tree.run.name, status: tree.run.status },
    agents: agents.map(({ id, name: agentName, role, parent_id, calls }: AgentNode) => ({
      id,
      name: agentName,
      role,
      parent_id,
      calls: calls.map((call) => canonicalCall(call, name, requests.get(call.id))),
    })),
    messages: messages.map(({ from, to, call_id, content, status }: MessageNode) => ({
      from,
      to,
      call: name(call_id),
      content,
      status,
    })),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalCall(
  call: CallNode,
  name: (callId: string | undefined) => string | undefined,
  { history, messages }: CanonicalRequest = { history: undefined, messages: call.pre.messages },
) {
  const { operation, status, agent_source, pre, usage, cost_usd, error } = call;
  // How far a reply without an ending had come is a matter of time.
  const post = status === 'open' || status === 'interrupted' ? undefined : call.post;
  return {
    operation,
    status,
    agent_source,
    parent: name(call.parent_call_id),
    pre: {
      model: pre.model,
      history: history && { call: name(history.call_id), take: history.take },
      messages,
      parameters: pre.parameters,
      tools: pre.tools,
    },
    post: post && {
      model: post.model,
      message: post.message,
      finish_reason: post.finish_reason,
      partial: post.partial,
    },
    usage,
    cost_usd,
    error: error && { type: error.type, code: error.code, status: error.status },
    attempts: call.attempts
      .filter(({ status: how }, i, { length }) => how !== 'interrupted' && !(how === 'ok' && i < length - 1))
      .map((attempt) => ({ model: attempt.model, status: attempt.status })),
    tool_calls: call.tool_calls.map(({ name: tool, arguments: input, result, status: toolStatus }) => ({
      name: tool,
      arguments: input,
      result,
      status: toolStatus,
    })),
  };
}
