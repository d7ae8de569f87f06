import type { Operation } from '../schema/common.ts';
import type { CallStart } from '../schema/logger-events.ts';

/** What was asked, as the log's first record of a call tells it. */
export type AskedFor = Pick<CallStart, 'model' | 'messages' | 'parameters' | 'tools'>;

const operations: ReadonlyMap<string, Operation> = new Map([
  ['/chat/completions', 'chat'],
  ['/responses', 'responses'],
  ['/embeddings', 'embeddings'],
]);

/** The operation behind a path of the API; `undefined` for one that asks no model. */
export function operationOf(path: string): Operation | undefined {
  return operations.get(path.split('?', 1)[0] ?? '');
}

/** Takes a request's body apart: who said what, the tools, and everything else as parameters. */
export function readRequest(operation: Operation, body: unknown): AskedFor {
  const { model, tools, ...rest } = fieldsOf(body);
  const asked = { model: typeof model === 'string' ? model : '', ...(isList(tools) && { tools }) };
  if (operation === 'chat') {
    const { messages, ...parameters } = rest;
    return { ...asked, messages: isList(messages) ? messages : [], parameters };
  }
  if (operation === 'responses') {
    const { instructions, input, ...parameters } = rest;
    return { ...asked, messages: [...instructionsOf(instructions), ...inputOf(input)], parameters };
  }
  return { ...asked, messages: [], parameters: rest };
}

function instructionsOf(instructions: unknown): object[] {
  if (isList(instructions)) return instructions;
  return typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : [];
}

function inputOf(input: unknown): object[] {
  if (isList(input)) return input;
  return typeof input === 'string' ? [{ role: 'user', content: input }] : [];
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function isList(value: unknown): value is object[] {
  return Array.isArray(value);
}
