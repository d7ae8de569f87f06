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
  const given = identified(call.agent);
  const { agent_source: source = 'explicit' } = call;
  if (given !== undefined && source !== 'binding' && source !== 'context')
    return { agent: given, source: 'explicit' };
  const named = agentFromFields(call.metadata);
  if (named !== undefined) return { agent: named, source: 'explicit' };
  if (given !== undefined) return { agent: given, source: source === 'context' ? 'context' : 'binding' };
  const around = identified(context.agent);
  if (around !== undefined) return { agent: around, source: 'context' };
  const id = nameInMessages(call.messages) ?? text(call.parameters, 'user');
  if (id !== undefined) return { agent: { id }, source: 'message' };
  return { agent: { id: UNKNOWN_AGENT }, source: 'unknown' };
}

/** The run an event names itself, or the surrounding one. */
export function resolveRunId(
  event: { run_id?: string; metadata?: object },
  context: CallContext,
): string | undefined {
  return event.run_id ?? runIdFromFields(event.metadata) ?? context.runId;
}

/** The run that fields of a call or of a log line name, as `run_id` or `runId`. */
export function runIdFromFields(fields: object | undefined): string | undefined {
  return text(fields, 'run_id') ?? text(fields, 'runId');
}

/** The agent that fields of a call or of a log line name, as `agent_id` or `agentId`, with its name and role. */
export function agentFromFields(fields: object | undefined): AgentRef | undefined {
  const id = text(fields, 'agent_id') ?? text(fields, 'agentId');
  if (id === undefined) return undefined;
  const name = text(fields, 'agent_name') ?? text(fields, 'agentName');
  const role = text(fields, 'agent_role') ?? text(fields, 'agentRole');
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

/** An agent that has an id. Without types, or from another thread, it may be anything. */
export function identified(agent: AgentRef | undefined): AgentRef | undefined {
  return text(agent, 'id') === undefined ? undefined : agent;
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
