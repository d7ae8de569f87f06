import type { JsonObject } from '@pd/call-log/schema';

/** A tool that the model wants to have called. */
export interface ToolCall {
  /** What its result is to be sent back with; empty when the provider gives none. */
  id: string;
  name: string;
  /** As the model wrote them: JSON, it is to be hoped; the input of a custom tool is any text. */
  arguments: string;
  /** The same as a value; `undefined` when they are not JSON. No arguments at all are an empty object. */
  json: unknown;
}

/** The tool calls of a message as a provider sends it. */
export function toToolCalls({ tool_calls: calls }: JsonObject): ToolCall[] {
  return Array.isArray(calls) ? calls.map(toToolCall) : [];
}

interface WireToolCall {
  id?: unknown;
  function?: { name?: unknown; arguments?: unknown };
  custom?: { name?: unknown; input?: unknown };
}

function toToolCall(call: unknown): ToolCall {
  const { id, function: fn, custom } = (call ?? {}) as WireToolCall;
  const text = textOf(custom?.input ?? fn?.arguments);
  return {
    id: textOf(id),
    name: textOf(custom?.name ?? fn?.name),
    arguments: text,
    json: custom === undefined ? parsed(text) : undefined,
  };
}

function parsed(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
