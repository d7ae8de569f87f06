import type { CallNode, ErrorRecord, MessageNode, ToolCallNode } from '@pd/call-log/schema';
import { contentText } from '../text/content-text.ts';
import { chatText } from './chat-text.ts';
import { clip } from './clip.ts';
import type { Moment } from './moments.ts';

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
      return { level: 'INFO', text: `→ #${moment.call} ${sent(moment.node, maxLength)}` };
    case 'post':
      return {
        level: CALL_LEVEL[moment.node.status],
        text: `← #${moment.call} ${back(moment.node, maxLength)}`,
      };
    case 'tool':
      return toolLine(moment.node, maxLength);
    case 'message':
      return messageLine(moment.node, maxLength);
  }
}

function sent({ pre }: CallNode, maxLength: number): string {
  const said: string[] = [];
  let length = 0;
  for (const message of pre.messages) {
    if (length > maxLength) break;
    const text = `${typeof message.role === 'string' ? message.role : '?'}: ${chatText(message)}`;
    length += text.length;
    said.push(text);
  }
  const before = pre.history === undefined ? '' : `(+${pre.history.take} before) `;
  return `${name(`${pre.provider}/${pre.model}`)} ${before}${clip(said.join(' | '), maxLength)}`;
}

function back(call: CallNode, maxLength: number): string {
  const said = call.error === undefined ? replyText(call) : errorText(call.error);
  const facts = [
    call.status === 'ok' ? undefined : call.status,
    call.duration_ms === undefined ? undefined : `${(call.duration_ms / 1000).toFixed(2)} s`,
    tokens(call),
    call.cost_usd === undefined ? undefined : `$${call.cost_usd.toFixed(6)}`,
    call.attempts.length > 1 ? `${call.attempts.length} attempts` : undefined,
    call.post?.cached === true ? 'cached' : undefined,
  ].filter((fact) => fact !== undefined);
  return `${facts.length === 0 ? '' : `${facts.join(', ')}: `}${clip(said, maxLength)}`;
}

function replyText({ post }: CallNode): string {
  if (post?.message !== undefined) return chatText(post.message);
  if (post?.embeddings !== undefined)
    return `${post.embeddings.count} × ${post.embeddings.dimensions} numbers`;
  return '';
}

function errorText({ type, code, status, message }: ErrorRecord): string {
  const about = [type, code, status].filter((part) => part !== undefined).join(' ');
  return `${about}: ${message}`;
}

function tokens({ usage }: CallNode): string | undefined {
  const { input_tokens: input, output_tokens: output } = usage ?? {};
  return input === undefined && output === undefined
    ? undefined
    : `${input ?? '?'} → ${output ?? '?'} tokens`;
}

function toolLine(tool: ToolCallNode, maxLength: number): LogLine {
  const took = tool.duration_ms === undefined ? '' : `, ${(tool.duration_ms / 1000).toFixed(2)} s`;
  const said = `(${contentText(tool.arguments)}) = ${tool.result === undefined ? '?' : contentText(tool.result)}`;
  return {
    level: TOOL_LEVEL.get(tool.status) ?? 'WARN',
    text: `⚙ ${name(tool.name)}${tool.status === 'ok' ? '' : ` ${name(tool.status)}`}${took} ${clip(said, maxLength)}`,
  };
}

function messageLine({ from, to, status, content }: MessageNode, maxLength: number): LogLine {
  const way = `${from === undefined ? '?' : name(from)}${to === undefined ? '' : ` → ${name(to)}`}`;
  const fate = MESSAGE_LEVEL[status] === 'INFO' ? '' : ` (${status})`;
  return {
    level: MESSAGE_LEVEL[status] ?? 'INFO',
    text: `✉ ${way}${fate}: ${clip(contentText(content), maxLength)}`,
  };
}

function name(text: string): string {
  return clip(text, NAME_LENGTH);
}
