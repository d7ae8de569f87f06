import type { CallNode, ErrorRecord, JsonObject, JsonValue, Usage } from '@pd/call-log/schema';
import { isInVain } from '../analysis/attempt-times.ts';
import { canonicalJson } from './canonical-json.ts';
import { excerpts } from './excerpt.ts';
import type { KnownRequests } from './known-requests.ts';
import { ToolCallNames } from './tool-call-names.ts';

/** What of a call may differ, in the order in which it is compared: the request first, then what came of it. */
export type CallField =
  | 'operation'
  | 'model'
  | 'parameters'
  | 'tools'
  | 'messages'
  | 'status'
  | 'error'
  | 'served_model'
  | 'reply'
  | 'finish_reason'
  | 'tool_results'
  | 'attempts'
  | 'tokens'
  | 'cost';

/** One thing in which two calls differ. */
export interface CallDifference {
  field: CallField;
  /** Of `messages`: the first message that differs, from 0. */
  index?: number;
  /** Of `messages`: who speaks there, in the first run that has it. */
  role?: string;
  /** Of `parameters`: the first that differs. */
  name?: string;
  /** How it is in each run, cut to where they differ; absent where the run has none. */
  a?: string;
  b?: string;
}

/** A call with the conversation it sent. */
export interface SentCall {
  call: CallNode;
  conversation: number;
}

/** Which settings belong to how a reply is carried, not to what is asked; the same as in `requestKey` of `@pd/call-log`. */
const CARRIAGE: ReadonlySet<string> = new Set(['stream', 'stream_options']);

/**
 * In what two calls differ; empty when they are the same. What always differs between two executions of the same run
 * does not count, as in `canonicalTree` of `@pd/call-log`: times, ids, interrupted attempts and ones made again, and
 * how far a reply without an ending had come. Nor do the ids that a provider draws for tool calls.
 */
export function compareCalls(a: SentCall, b: SentCall, known: KnownRequests): CallDifference[] {
  const differences: CallDifference[] = [];
  const compare = (field: CallField, of: (call: CallNode) => JsonValue | undefined) => {
    const [x, y] = [of(a.call), of(b.call)];
    if (x === y) return;
    const [textX, textY] = [canonicalJson(x), canonicalJson(y)];
    if (textX !== textY) differences.push({ field, ...shown(said(x, y), said(y, x)) });
  };
  compare('operation', ({ operation }) => operation);
  compare('model', ({ pre }) => pre.model);
  compareParameters(a.call.pre.parameters ?? {}, b.call.pre.parameters ?? {}, differences);
  compare('tools', ({ pre }) => (pre.tools?.length ? pre.tools : undefined));
  compareMessages(a, b, known, differences);
  compare('status', ({ status }) => status);
  compare('error', ({ error }) => error && errorKind(error));
  compare('served_model', (call) => ended(call)?.model);
  compare('reply', replyOf);
  compare('finish_reason', (call) => ended(call)?.finish_reason);
  compare('tool_results', ({ tool_calls }) =>
    tool_calls.map(({ name, arguments: input = null, result = null, status }) => ({
      name,
      input,
      result,
      status,
    })),
  );
  compare('attempts', ({ attempts }) =>
    attempts.filter(counts).map(({ model = '', status }) => `${model} ${status}`),
  );
  compare('tokens', ({ usage }) => usage && tokensText(usage));
  compare('cost', ({ cost_usd: cost }) => cost);
  return differences;
}

/** As people read it; whoever counted belongs to it. */
function tokensText({ input_tokens, output_tokens, ...rest }: Usage): string {
  const { cache_read_input_tokens, cache_creation_input_tokens, reasoning_output_tokens, source } = rest;
  const counts = [
    [input_tokens, 'in'],
    [output_tokens, 'out'],
    [cache_read_input_tokens, 'from cache'],
    [cache_creation_input_tokens, 'to cache'],
    [reasoning_output_tokens, 'of reasoning'],
  ] as const;
  const known = counts.flatMap(([count, what]) => (count === undefined ? [] : [`${count} ${what}`]));
  return [...known, ...(source === 'provider' ? [] : [source])].join(', ');
}

/** What a call was answered, as far as it can be compared. */
export function replyOf(call: CallNode): JsonValue | undefined {
  const post = ended(call);
  if (post?.message === undefined) return post?.embeddings && { ...post.embeddings };
  return new ToolCallNames().rename(post.message);
}

function ended({ status, post }: CallNode) {
  return status === 'open' || status === 'interrupted' ? undefined : post;
}

function errorKind({ type, code, status }: ErrorRecord): JsonObject {
  return { type, ...(code !== undefined && { code }), ...(status !== undefined && { status }) };
}

function counts(
  attempt: CallNode['attempts'][number],
  place: number,
  { length }: { length: number },
): boolean {
  const isLast = place === length - 1;
  return attempt.status !== 'interrupted' && !(attempt.status === 'ok' && isInVain(attempt, isLast));
}

function compareParameters(a: JsonObject, b: JsonObject, differences: CallDifference[]): void {
  const names = new Set([...Object.keys(a), ...Object.keys(b)].filter((name) => !CARRIAGE.has(name)).sort());
  for (const name of names) {
    const [x, y] = [own(a, name), own(b, name)];
    if (canonicalJson(x) === canonicalJson(y)) continue;
    differences.push({ field: 'parameters', name, ...shown(x, y) });
    return;
  }
}

function own(fields: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function compareMessages(
  a: SentCall,
  b: SentCall,
  known: KnownRequests,
  differences: CallDifference[],
): void {
  if (a.conversation === b.conversation) return;
  const { conversations } = known;
  const index = conversations.shared(a.conversation, b.conversation);
  const at = (place: number) => known.message(conversations.last(conversations.beginning(place, index + 1)));
  const x = conversations.depth(a.conversation) > index ? at(a.conversation) : undefined;
  const y = conversations.depth(b.conversation) > index ? at(b.conversation) : undefined;
  const role = [x?.role, y?.role].find((each) => typeof each === 'string');
  differences.push({
    field: 'messages',
    index,
    ...(role !== undefined && { role }),
    ...shown(said(x, y), said(y, x)),
  });
}

/** What a chat message says, where that is all in which it differs from another; else all of it. */
function said(value: JsonValue | undefined, other: JsonValue | undefined): JsonValue | undefined {
  const [message, another] = [plainMessage(value), plainMessage(other)];
  if (message === undefined) return value;
  return other === undefined || another?.role === message.role ? message.content : value;
}

function plainMessage(value: JsonValue | undefined): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return typeof value.content === 'string' && value.tool_calls === undefined ? value : undefined;
}

function shown(x: JsonValue | undefined, y: JsonValue | undefined): { a?: string; b?: string } {
  const { a, b } = excerpts(text(x), text(y));
  return { ...(x !== undefined && { a }), ...(y !== undefined && { b }) };
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}
