import type { Reply } from '../schema/common.ts';
import type { RecordedEventOf } from '../schema/events.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AttemptNode, CallNode, ToolCallNode } from '../schema/tree.ts';

/** A tool call without an ending, and the position of the segment that has told of its beginning. */
interface OpenTool {
  node: ToolCallNode;
  segment: number;
}

/** What has to be known of a call while something in it has no ending yet. */
export class OpenParts {
  /** Attempts and tool calls without an ending. */
  open = 0;
  /** What has come of the reply's text; empty when the reply is on record. */
  text = '';
  /** By what their records name them, because a call may have very many. */
  #attempts: Map<number, AttemptNode> | undefined;
  #openTools: Map<string, OpenTool[]> | undefined;

  get attempts(): Map<number, AttemptNode> {
    this.#attempts ??= new Map();
    return this.#attempts;
  }

  get openTools(): Map<string, OpenTool[]> {
    this.#openTools ??= new Map();
    return this.#openTools;
  }
}

/** Whether something in the call, or the call itself, has no ending yet. */
export function isOpen(call: CallNode, parts: OpenParts): boolean {
  return call.status === 'open' || parts.open > 0;
}

/** A call as its first record tells it. */
export function startCall(event: RecordedEventOf<'call.start'>, messages: JsonObject[]): CallNode {
  const { provider, model, history, parent_call_id } = event;
  const pre: CallNode['pre'] = { provider, model, ...(history !== undefined && { history }), messages };
  set(pre, 'parameters', event.parameters);
  set(pre, 'tools', event.tools);
  set(pre, 'metadata', event.metadata);
  set(pre, 'mended', event.mended);
  set(pre, 'exact', event.exact);
  return {
    id: event.call_id,
    operation: event.operation,
    status: 'open',
    agent_source: event.agent_source,
    ...(parent_call_id !== undefined && { parent_call_id }),
    started_at: event.at,
    pre,
    attempts: [],
    tool_calls: [],
  };
}

/** The functions below return `false` when the record has no place in the call (a second ending, an unknown attempt). */
export function endCall(call: CallNode, parts: OpenParts, event: RecordedEventOf<'call.end'>): boolean {
  if (call.status !== 'open') return false;
  parts.text = '';
  call.status = event.status;
  call.ended_at = event.at;
  set(call, 'duration_ms', event.duration_ms);
  set(call, 'time_to_first_chunk_ms', event.time_to_first_chunk_ms);
  set(call, 'chunks', event.chunks);
  set(call, 'post', event.reply);
  set(call, 'usage', event.usage);
  set(call, 'cost_usd', event.cost_usd);
  set(call, 'error', event.error);
  return true;
}

export function addText(call: CallNode, parts: OpenParts, event: RecordedEventOf<'call.progress'>): boolean {
  if (call.status === 'open') parts.text += event.text;
  return true;
}

/** What has come of the reply of a call without an ending, if anything has. */
function replySoFar({ text }: OpenParts): Reply | undefined {
  return text === '' ? undefined : { message: { role: 'assistant', content: text }, partial: true };
}

export function startAttempt(
  call: CallNode,
  parts: OpenParts,
  event: RecordedEventOf<'attempt.start'>,
): boolean {
  if (call.status !== 'open' || parts.attempts.has(event.number)) return false;
  const { number, provider, model, waited_ms, mended, at: started_at } = event;
  // What had come of an attempt that never ended is no part of this one's reply.
  if (call.attempts.at(-1)?.status === 'open') parts.text = '';
  const attempt: AttemptNode = {
    number,
    provider,
    model,
    started_at,
    status: 'open',
  };
  set(attempt, 'waited_ms', waited_ms);
  set(attempt, 'mended', mended);
  parts.attempts.set(number, attempt);
  parts.open++;
  call.attempts.push(attempt);
  return true;
}

export function endAttempt(parts: OpenParts, event: RecordedEventOf<'attempt.end'>): boolean {
  const attempt = parts.attempts.get(event.number);
  if (attempt?.status !== 'open') return false;
  parts.open--;
  attempt.ended_at = event.at;
  attempt.status = event.status;
  set(attempt, 'model', event.model);
  set(attempt, 'http_status', event.http_status);
  set(attempt, 'retry_after_ms', event.retry_after_ms);
  set(attempt, 'duration_ms', event.duration_ms);
  set(attempt, 'error', event.error);
  set(attempt, 'usage', event.usage);
  set(attempt, 'cost_usd', event.cost_usd);
  return true;
}

/** @param segment position of the one that it stands in: a tool that is begun again by another process is still one call of it */
export function startTool(
  call: CallNode,
  parts: OpenParts,
  event: RecordedEventOf<'tool.start'>,
  segment = 0,
): boolean {
  const { tool_call_id: id, name } = event;
  const open = parts.openTools.get(id) ?? [];
  const before = open.find((tool) => tool.segment !== segment);
  if (before !== undefined) {
    before.segment = segment;
    return true;
  }
  const node: ToolCallNode = { id, name, status: 'open' };
  set(node, 'arguments', event.arguments);
  parts.openTools.set(id, open);
  parts.open++;
  open.push({ node, segment });
  call.tool_calls.push(node);
  return true;
}

export function endTool(parts: OpenParts, event: RecordedEventOf<'tool.end'>): boolean {
  const tool = parts.openTools.get(event.tool_call_id)?.shift()?.node;
  if (tool === undefined) return false;
  parts.open--;
  tool.status = event.status;
  set(tool, 'result', event.result);
  set(tool, 'duration_ms', event.duration_ms);
  return true;
}

/**
 * A call as it is shown: what has no ending in it is still open, or was interrupted. An attempt was so in any case when
 * another one has begun after it.
 */
export function closed(call: CallNode, parts: OpenParts, unfinished: 'open' | 'interrupted'): CallNode {
  const show = <T extends { status: string }>(part: T, as = unfinished): T =>
    part.status === 'open' ? { ...part, status: as } : part;
  const latest = call.attempts.reduce((highest, { number }) => Math.max(highest, number), 0);
  const post = replySoFar(parts);
  return {
    ...show(call),
    ...(post !== undefined && { post }),
    attempts: call.attempts.map((part) => show(part, part.number < latest ? 'interrupted' : unfinished)),
    tool_calls: call.tool_calls.map((part) => show(part)),
  };
}

/** Without the fields that are `undefined`: absent means unknown. */
export function defined<T extends object>(fields: T): Partial<T> {
  const result: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) result[name] = fields[name];
  return result;
}

/** Absent means unknown. */
function set<T, K extends keyof T>(node: T, field: K, value: T[K] | undefined): void {
  if (value !== undefined) node[field] = value;
}
