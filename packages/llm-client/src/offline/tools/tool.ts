import { type Fields, isFields } from '../fields.ts';

/** A function that is offered. */
export interface Tool {
  name: string;
  description: string;
  /** JSON schema of its arguments. */
  parameters: unknown;
}

/** What a request says about tools. */
export interface ToolOffer {
  tools: readonly Tool[];
  /** `{ name }`: that one and no other. */
  choice: 'none' | 'auto' | 'required' | { name: string };
  /** Whether several may be called at once. */
  parallel: boolean;
}

/** One call of a tool, decided on. */
export interface ToolCall {
  id: string;
  name: string;
  /** JSON. */
  arguments: string;
}

/** Reads a function as chat completions offer it (under `function`) or as the Responses API does (flat); others are none. */
export function toTool(given: unknown): Tool | undefined {
  if (!isFields(given) || given.type !== 'function') return undefined;
  const fn: Fields = isFields(given.function) ? given.function : given;
  if (typeof fn.name !== 'string') return undefined;
  return {
    name: fn.name,
    description: typeof fn.description === 'string' ? fn.description : '',
    parameters: fn.parameters ?? { type: 'object', properties: {} },
  };
}
