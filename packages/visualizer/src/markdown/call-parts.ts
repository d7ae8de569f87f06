import type { CallNode, ChatMessage, ToolCallNode } from '@pd/call-log/schema';
import { chatParts } from '../text/chat-parts.ts';
import { contentText } from '../text/content-text.ts';
import { formatCost, formatCount, formatDuration } from '../text/format.ts';
import { fenced } from './fenced.ts';
import { inlineText } from './inline-text.ts';

/** What is known of a call, on one line. */
export function callLine({
  id,
  status,
  pre,
  duration_ms,
  usage,
  cost_usd,
  attempts,
  post,
}: CallNode): string {
  const { input_tokens, output_tokens } = usage ?? {};
  const facts = [
    `call ${inlineText(id)}`,
    inlineText(`${pre.provider}/${pre.model}`),
    status,
    ...(duration_ms === undefined ? [] : [formatDuration(duration_ms)]),
    ...(input_tokens === undefined ? [] : [`${formatCount(input_tokens)} tokens in`]),
    ...(output_tokens === undefined ? [] : [`${formatCount(output_tokens)} tokens out`]),
    ...(cost_usd === undefined ? [] : [formatCost(cost_usd)]),
    ...(attempts.length > 1 ? [`${attempts.length} attempts`] : []),
    ...(post?.cached === true ? ['from the cache'] : []),
    ...(post?.partial === true ? ['the reply is not whole'] : []),
  ];
  return `- ${facts.join(' · ')}\n`;
}

/** Tools and the error of a call. */
export function* callTrouble({ tool_calls, error }: CallNode): Generator<string> {
  for (const tool of tool_calls) yield* toolParts(tool);
  if (error === undefined) return;
  const codes = [error.code, error.provider_code, error.status].filter((code) => code !== undefined);
  yield `\n**Error** ${inlineText([error.type, ...codes].join(' '))}\n\n`;
  yield fenced(error.message);
}

function* toolParts({ name, status, duration_ms, arguments: args, result }: ToolCallNode): Generator<string> {
  const took = duration_ms === undefined ? '' : ` · ${formatDuration(duration_ms)}`;
  yield `\n**Tool** ${inlineText(name)} · ${inlineText(status)}${took}\n\n`;
  if (args !== undefined) yield fenced(contentText(args), 'json');
  if (result !== undefined) yield `\nresult:\n\n${fenced(contentText(result))}`;
}

/** A chat message that was sent to a model, under its role. */
export function* chatMessageParts(message: ChatMessage): Generator<string> {
  const { role, name } = message;
  const who = [role, name].filter((part) => typeof part === 'string').join(' ');
  yield `\n**${who === '' ? 'message' : 'to the model'}** ${inlineText(who || 'without a role')}\n\n`;
  for (const { type, title, text } of chatParts(message)) {
    if (title !== undefined) yield `${inlineText(title)}:\n\n`;
    yield `${fenced(text, type === 'data' ? 'json' : 'text')}\n`;
  }
}
