import type { CallNode, ErrorRecord, MessageNode } from '@pd/call-log/schema';
import { chatText } from './chat-text.ts';
import { clip } from './clip.ts';
import type { Moment } from './moments.ts';
import { plainText } from './plain-text.ts';

/** A row of the text log. */
export interface LogLine {
  /** @see https://rerun.io/docs/reference/types/components/text_log_level */
  level: 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';
  text: string;
}

const CALL_LEVEL: Readonly<Record<CallNode['status'], LogLine['level']>> = {
  ok: 'INFO',
  open: 'INFO',
  aborted: 'WARN',
  truncated: 'WARN',
  interrupted: 'WARN',
  timeout: 'ERROR',
  error: 'ERROR',
};

const MESSAGE_LEVEL: Readonly<Record<MessageNode['status'], LogLine['level']>> = {
  delivered: 'INFO',
  handled: 'INFO',
  rejected: 'WARN',
  dead_lettered: 'ERROR',
};

/** Statuses of tools are not a closed list. */
const TOOL_LEVEL: ReadonlyMap<string, LogLine['level']> = new Map([
  ['ok', 'DEBUG'],
  ['error', 'ERROR'],
]);

/** Of names within a line. */
const NAME_LENGTH = 60;

/**
 * What a moment says in the text log: `→` a call goes out, `←` it came back, `✉` a message, `⚙` a tool.
 *
 * @param maxLength of what was said, in UTF-16 units; what stands before it comes on top
 */
export function logLine(moment: Moment, maxLength: number): LogLine {
  switch (moment.type) {
    case 'pre':
      return { level: 'INFO', text: sent(moment, maxLength) };
    case 'post':
      return { level: CALL_LEVEL[moment.node.status], text: cameBack(moment, maxLength) };
    case 'tool':
      return { level: TOOL_LEVEL.get(moment.node.status) ?? 'WARN', text: toolUsed(moment, maxLength) };
    case 'message':
      return { level: MESSAGE_LEVEL[moment.node.status], text: written(moment.node, maxLength) };
  }
}

type Of<T extends Moment['type']> = Extract<Moment, { type: T }>;

/** The newest message first, because that is what the call is about; the oldest is often the same in every call. */
function sent({ agentId, node: { pre } }: Of<'pre'>, maxLength: number): string {
  const said: string[] = [];
  let length = 0;
  for (let index = pre.messages.length - 1; index >= 0 && length <= maxLength; index--) {
    const message = pre.messages[index];
    if (message === undefined) continue;
    const text = `${typeof message.role === 'string' ? message.role : '?'}: ${chatText(message)}`;
    length += text.length;
    said.push(text);
  }
  const before = pre.history === undefined ? '' : ` | ${pre.history.take} before`;
  return `→ ${name(agentId)} asks ${name(pre.model)}: ${clip(said.join(' | '), maxLength)}${before}`;
}

function cameBack({ agentId, node }: Of<'post'>, maxLength: number): string {
  const facts = [
    node.status === 'ok' ? undefined : node.status,
    duration(node.duration_ms),
    tokens(node),
    node.cost_usd === undefined ? undefined : `$${node.cost_usd.toFixed(6)}`,
    node.attempts.length > 1 ? `${node.attempts.length} attempts` : undefined,
    node.post?.cached === true ? 'cached' : undefined,
  ].filter((fact) => fact !== undefined);
  const said = [node.error === undefined ? '' : errorText(node.error), replyText(node)];
  const text = clip(said.filter((part) => part !== '').join(' | '), maxLength);
  return `← ${name(agentId)}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}: ${text}`;
}

function replyText({ post }: CallNode): string {
  if (post?.message !== undefined) return chatText(post.message);
  if (post?.embeddings !== undefined)
    return `${post.embeddings.count} × ${post.embeddings.dimensions} numbers`;
  return '';
}

function errorText({ type, code, status, message }: ErrorRecord): string {
  return `${[type, code, status].filter((part) => part !== undefined).join(' ')}: ${message}`;
}

function tokens({ usage }: CallNode): string | undefined {
  const { input_tokens: input, output_tokens: output } = usage ?? {};
  return input === undefined && output === undefined
    ? undefined
    : `${input ?? '?'} → ${output ?? '?'} tokens`;
}

function duration(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function toolUsed({ agentId, node }: Of<'tool'>, maxLength: number): string {
  const facts = [node.status === 'ok' ? undefined : name(node.status), duration(node.duration_ms)].filter(
    (fact) => fact !== undefined,
  );
  const result = node.result === undefined ? '' : ` = ${plainText(node.result)}`;
  const said = clip(`(${plainText(node.arguments)})${result}`, maxLength);
  return `⚙ ${name(agentId)} used ${name(node.name)}${said}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}

function written({ from, to, status, content }: MessageNode, maxLength: number): string {
  const way = `${from === undefined ? '?' : name(from)}${to === undefined ? '' : ` → ${name(to)}`}`;
  const fate = MESSAGE_LEVEL[status] === 'INFO' ? '' : ` (${status})`;
  return `✉ ${way}${fate}: ${clip(plainText(content), maxLength)}`;
}

function name(text: string): string {
  return clip(text, NAME_LENGTH);
}
