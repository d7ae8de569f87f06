import type { AgentRef, AgentSource } from '../schema/common.ts';
import type { CallStart } from '../schema/logger-events.ts';
import type { CallContext } from './context.ts';

/** The agent of a call whose owner cannot be known. */
export const UNKNOWN_AGENT = 'unknown_agent';

/** The owner of a call and how it was found. */
export interface Identity {
  agent: AgentRef;
  source: AgentSource;
}

/** What identity can be read from; a `call.start` event has all of it. */
export type Identifiable = Pick<CallStart, 'agent' | 'agent_source' | 'messages' | 'metadata' | 'parameters'>;

/**
 * The owner of a call, from the surest hint to the weakest: named for this call (`agent`, or `agent_id`
 * in the metadata), bound to the client or known to have been around the call, the surrounding `withAgent()`, the
 * `name` of the last chat message that the model's own side wrote or the request's `user`, else `unknown_agent`.
 */
export function resolveAgent(call: Identifiable, context: CallContext): Identity {
  const { agent_source: given = 'explicit' } = call;
  if (call.agent !== undefined && given !== 'binding' && given !== 'context')
    return { agent: call.agent, source: 'explicit' };
  const named = agentFromMetadata(call.metadata);
  if (named !== undefined) return { agent: named, source: 'explicit' };
  if (call.agent !== undefined)
    return { agent: call.agent, source: given === 'context' ? 'context' : 'binding' };
  if (context.agent !== undefined) return { agent: context.agent, source: 'context' };
  const id = nameInMessages(call.messages) ?? text(call.parameters, 'user');
  if (id !== undefined) return { agent: { id }, source: 'message' };
  return { agent: { id: UNKNOWN_AGENT }, source: 'unknown' };
}

/** The run an event names itself, or the surrounding one. */
export function resolveRunId(
  event: { run_id?: string; metadata?: object },
  context: CallContext,
): string | undefined {
  return event.run_id ?? text(event.metadata, 'run_id') ?? text(event.metadata, 'runId') ?? context.runId;
}

function agentFromMetadata(metadata: object | undefined): AgentRef | undefined {
  const id = text(metadata, 'agent_id') ?? text(metadata, 'agentId');
  if (id === undefined) return undefined;
  const name = text(metadata, 'agent_name') ?? text(metadata, 'agentName');
  const role = text(metadata, 'agent_role') ?? text(metadata, 'agentRole');
  return { id, ...(name !== undefined && { name }), ...(role !== undefined && { role }) };
}

/** Assistant and system messages carry the name of whoever is asking; user messages carry somebody else's. */
function nameInMessages(messages: readonly object[]): string | undefined {
  if (!Array.isArray(messages)) return undefined;
  for (const message of messages.toReversed()) {
    const role = text(message, 'role');
    if (role === 'assistant' || role === 'system' || role === 'developer') {
      const name = text(message, 'name');
      if (name !== undefined) return name;
    }
  }
  return undefined;
}

/** A field's text; a getter that throws or a value that is no text counts as absent. */
function text(holder: object | undefined, field: string): string | undefined {
  try {
    const value = (holder as Record<string, unknown> | undefined)?.[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
