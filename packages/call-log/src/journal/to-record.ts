import type { AgentSource } from '../schema/common.ts';
import type { JsonObject, JsonValue } from '../schema/json.ts';
import type { CallStart, LogEvent } from '../schema/logger-events.ts';
import type { MessageStore } from './message-store.ts';
import type { Unplaced } from './run-journal-options.ts';
import type { PlainJson } from './to-plain-json.ts';

type Plain = (fields: object) => PlainJson;

/** The journal's record of a call's beginning: its owner resolved; its messages stored by content, as JSON text. */
export function callStartRecord(
  event: CallStart,
  owner: { agentId: string; source: AgentSource },
  plain: Plain,
  store: Pick<MessageStore, 'store'>,
): { record: Unplaced; messages: string } {
  // Ids and names go through the redactor like everything else, here as in the records that refer to them.
  const head = plain({
    call_id: event.call_id,
    agent_id: owner.agentId,
    agent_source: owner.source,
    parent_call_id: event.parent_call_id,
    operation: event.operation,
    provider: event.provider,
    model: event.model,
  }).value as JsonObject;
  const request = plain({ messages: event.messages, parameters: event.parameters, tools: event.tools });
  const { messages, parameters, tools } = request.value as {
    messages?: JsonValue;
    [field: string]: JsonValue | undefined;
  };
  // On its own, because what it lacks is missing in no request.
  const { metadata, mended } = plain({ metadata: event.metadata, mended: event.mended }).value as JsonObject;
  const list = Array.isArray(messages) ? messages : [];
  const stored = store.store(String(head.agent_id), String(head.call_id), list);
  const record: Unplaced = {
    type: 'call.start',
    at: event.at ?? '',
    ...head,
    ...(stored.history !== undefined && { history: stored.history }),
    ...(parameters !== undefined && { parameters }),
    ...(tools !== undefined && { tools }),
    ...(metadata !== undefined && { metadata }),
    ...(mended !== undefined && { mended }),
    ...((!request.exact || event.exact === false) && { exact: false }),
  };
  return { record, messages: stored.messages };
}

/** The journal's record of text that has been scrubbed already. */
export function progressRecord(callId: string, at: string, text: string, plain: Plain): Unplaced {
  return { type: 'call.progress', at, ...(plain({ call_id: callId }).value as object), text };
}

/** The journal's record of any other event: the event itself, as redacted JSON. */
export function plainRecord(event: Exclude<LogEvent, CallStart>, plain: Plain): Unplaced {
  // An event read from another journal brings its `seq` along; it gets a new one here.
  const { run_id: _run, seq: _seq, type, at = '', ...rest } = event as typeof event & { seq?: unknown };
  return { type, at, ...(plain(rest).value as object) };
}
