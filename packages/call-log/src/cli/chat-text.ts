import type { ChatMessage } from '../schema/common.ts';

/** What a chat message says, as text: its content, its refusal, the tools it calls; what has no text as JSON. */
export function chatText({ content, refusal, tool_calls, ...rest }: ChatMessage): string {
  const parts = [
    ...(typeof content === 'string' ? [content] : Array.isArray(content) ? content.map(partText) : []),
    ...(typeof refusal === 'string' ? [`(refused) ${refusal}`] : []),
    ...(Array.isArray(tool_calls) ? tool_calls.map(toolText) : []),
  ].filter((text) => text !== '');
  if (parts.length > 0) return parts.join('\n');
  const { role: _, ...other } = rest;
  return Object.keys(other).length > 0 ? JSON.stringify(other) : '';
}

function partText(part: unknown): string {
  if (typeof part === 'string') return part;
  const { type, text } = (part ?? {}) as { type?: unknown; text?: unknown };
  return typeof text === 'string' ? text : `[${typeof type === 'string' ? type : 'part'}]`;
}

function toolText(call: unknown): string {
  const { function: called } = (call ?? {}) as { function?: { name?: unknown; arguments?: unknown } };
  return `→ ${String(called?.name ?? 'tool')}(${String(called?.arguments ?? '')})`;
}
