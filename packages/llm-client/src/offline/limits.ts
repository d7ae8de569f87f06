import type { Answer } from './answer.ts';
import { charactersPerToken, clip, tokensIn } from './tokens.ts';
import type { ToolCall } from './tools/tool.ts';

/** A reply as it is served. */
export interface Choice {
  text: string;
  toolCalls: readonly ToolCall[];
  finishReason: 'stop' | 'length' | 'tool_calls';
}

/** Cuts a reply before the first stop sequence and then to `maxTokens`, as a model would have stopped there. */
export function limitReply(
  { text, toolCalls }: Answer,
  stop: readonly string[],
  maxTokens: number | undefined,
): Choice {
  if (toolCalls.length > 0) return limitCalls(toolCalls, maxTokens);
  let end = text.length;
  for (const sequence of stop) {
    const at = sequence === '' ? -1 : text.indexOf(sequence);
    if (at !== -1 && at < end) end = at;
  }
  const stopped = text.slice(0, end);
  if (maxTokens === undefined || tokensIn(stopped.length) <= maxTokens) {
    return { text: stopped, toolCalls, finishReason: 'stop' };
  }
  return { text: clip(stopped, maxTokens * charactersPerToken), toolCalls, finishReason: 'length' };
}

/** A model that may say no more leaves the arguments of its calls unfinished. */
function limitCalls(toolCalls: readonly ToolCall[], maxTokens = Number.POSITIVE_INFINITY): Choice {
  let left = maxTokens * charactersPerToken;
  const said: ToolCall[] = [];
  for (const call of toolCalls) {
    if (left <= 0) break;
    said.push({ ...call, arguments: clip(call.arguments, left) });
    left -= call.name.length + call.arguments.length;
  }
  return { text: '', toolCalls: said, finishReason: left < 0 ? 'length' : 'tool_calls' };
}

/** How much of a reply counts as tokens: its text, and the names and arguments of its calls. */
export function lengthOf({ text, toolCalls }: Choice): number {
  return toolCalls.reduce((sum, call) => sum + call.name.length + call.arguments.length, text.length);
}
