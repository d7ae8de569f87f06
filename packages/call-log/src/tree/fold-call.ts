import type { Reply } from '../schema/common.ts';
import type { RecordedEventOf } from '../schema/events.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AttemptNode, CallNode, ToolCallNode } from '../schema/tree.ts';

/** The parts of a call by what their records name them, because a call may have very many. */
interface Parts {
  attempts: Map<number, AttemptNode>;
  openTools: Map<string, ToolCallNode[]>;
  /** Attempts and tool calls without an ending. */
  open: number;
  /** What has come of the reply's text; empty when the reply is on record. */
  text: string;
}
const partsOf = new WeakMap<CallNode, Parts>();

function parts(call: CallNode): Parts {
  const known = partsOf.get(call);
  if (known !== undefined) return known;
  // Also of a call that comes back to memory: it was finished, so nothing in it is open.
  const none: Parts = { attempts: new Map(), openTools: new Map(), open: 0, text: '' };
  partsOf.set(call, none);
  return none;
}

/** Whether something in the call, or the call itself, has no ending yet. */
export function isOpen(call: CallNode): boolean {
  return call.status === 'open' || parts(call).open > 0;
}

/** A call as its first record tells it. */
export function startCall(event: RecordedEventOf<'call.start'>, messages: JsonObject[]): CallNode {
  return {
    id: event.call_id,
    operation: event.operation,
    status: 'open',
    agent_source: event.agent_source,
    ...defined({ parent_call_id: event.parent_call_id }),
    started_at: event.at,
    pre: {
      provider: event.provider,
      model: event.model,
      ...defined({ history: event.history }),
      messages,
      ...defined({
        parameters: event.parameters,
        tools: event.tools,
        metadata: event.metadata,
        mended: event.mended,
        exact: event.exact,
      }),
    },
    attempts: [],
    tool_calls: [],
  };
}

/** The functions below return `false` when the record has no place in the call (a second ending, an unknown attempt). */
export function endCall(call: CallNode, event: RecordedEventOf<'call.end'>): boolean {
  if (call.status !== 'open') return false;
  parts(call).text = '';
  call.status = event.status;
  call.ended_at = event.at;
  Object.assign(
    call,
    defined({
      duration_ms: event.duration_ms,
      time_to_first_chunk_ms: event.time_to_first_chunk_ms,
      chunks: event.chunks,
      post: event.reply,
      usage: event.usage,
      cost_usd: event.cost_usd,
      error: event.error,
    }),
  );
  return true;
}

export function addText(call: CallNode, event: RecordedEventOf<'call.progress'>): boolean {
  if (call.status === 'open') parts(call).text += event.text;
  return true;
}

/** What has come of the reply of a call without an ending, if anything has. */
export function replySoFar(call: CallNode): Reply | undefined {
  const text = partsOf.get(call)?.text ?? '';
  return text === '' ? undefined : { message: { role: 'assistant', content: text }, partial: true };
}

export function startAttempt(call: CallNode, event: RecordedEventOf<'attempt.start'>): boolean {
  const known = parts(call);
  if (call.status !== 'open' || known.attempts.has(event.number)) return false;
  const { number, provider, model, waited_ms, mended, at: started_at } = event;
  const attempt: AttemptNode = {
    number,
    provider,
    model,
    started_at,
    status: 'open',
    ...defined({ waited_ms, mended }),
  };
  known.attempts.set(number, attempt);
  known.open++;
  call.attempts.push(attempt);
  return true;
}

export function endAttempt(call: CallNode, event: RecordedEventOf<'attempt.end'>): boolean {
  const known = parts(call);
  const attempt = known.attempts.get(event.number);
  if (attempt?.status !== 'open') return false;
  known.open--;
  const {
    at: ended_at,
    status,
    model,
    http_status,
    retry_after_ms,
    duration_ms,
    error,
    usage,
    cost_usd,
  } = event;
  const said: Partial<AttemptNode> = {
    model,
    http_status,
    retry_after_ms,
    duration_ms,
    error,
    usage,
    cost_usd,
  };
  Object.assign(attempt, { ended_at, status }, defined(said));
  return true;
}

export function startTool(call: CallNode, event: RecordedEventOf<'tool.start'>): boolean {
  const { tool_call_id: id, name } = event;
  const tool: ToolCallNode = { id, name, status: 'open', ...defined({ arguments: event.arguments }) };
  const known = parts(call);
  const open = known.openTools.get(id) ?? [];
  known.openTools.set(id, open);
  known.open++;
  open.push(tool);
  call.tool_calls.push(tool);
  return true;
}

export function endTool(call: CallNode, event: RecordedEventOf<'tool.end'>): boolean {
  const known = parts(call);
  const tool = known.openTools.get(event.tool_call_id)?.shift();
  if (tool === undefined) return false;
  known.open--;
  Object.assign(
    tool,
    { status: event.status },
    defined({ result: event.result, duration_ms: event.duration_ms }),
  );
  return true;
}

/** A call as it is shown: what has no ending in it is still open, or was interrupted. */
export function closed(call: CallNode, unfinished: 'open' | 'interrupted'): CallNode {
  const show = <T extends { status: string }>(part: T): T =>
    part.status === 'open' ? { ...part, status: unfinished } : part;
  const post = replySoFar(call);
  return {
    ...show(call),
    ...(post !== undefined && { post }),
    attempts: call.attempts.map(show),
    tool_calls: call.tool_calls.map(show),
  };
}

/** Without the fields that are `undefined`: absent means unknown. */
export function defined<T extends object>(fields: T): Partial<T> {
  const result: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) result[name] = fields[name];
  return result;
}
