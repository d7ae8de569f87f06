import type OpenAI from 'openai';
import type { OutputOf } from '../object/standard-schema.ts';
import { type Issue, validate } from '../object/validate.ts';
import type { Tool } from './define-tool.ts';
import type { ToolCall } from './tool-call.ts';

type PlainTool = OpenAI.Chat.Completions.ChatCompletionTool;

/** A call of a tool that was offered, with an input that fits; that of a tool from `defineTool` is typed by its schema. */
export type GoodToolCall<T> =
  T extends Tool<infer Name, infer Input, infer _>
    ? { ok: true; call: ToolCall; name: Name; input: OutputOf<Input>; tool: T }
    : { ok: true; call: ToolCall; name: NameOf<T>; input: unknown; tool: T };

type NameOf<T> = T extends { function: { name: infer Name extends string } } ? Name : string;

/** A call that cannot be carried out as it is; to be told to the model, which may do better. */
export interface BadToolCall {
  ok: false;
  call: ToolCall;
  name: string;
  reason: 'unknown-tool' | 'not-json' | 'schema';
  issues: Issue[];
}

export type ParsedToolCall<T> = GoodToolCall<T> | BadToolCall;

/**
 * The tool calls of a reply, in order, their inputs validated and typed by the tool's name. What a model got wrong is data.
 *
 * @param tools those that were offered, defined by schemas or not
 * @throws what the refinements and transforms of the schemas throw
 */
export function parseToolCalls<const Tools extends readonly PlainTool[]>(
  { toolCalls }: { toolCalls: readonly ToolCall[] },
  tools: Tools,
): Promise<ParsedToolCall<Tools[number]>[]> {
  return Promise.all(toolCalls.map((call) => parseToolCall<Tools[number]>(call, tools)));
}

async function parseToolCall<T extends PlainTool>(
  call: ToolCall,
  tools: readonly T[],
): Promise<ParsedToolCall<T>> {
  const { name } = call;
  const bad = (reason: BadToolCall['reason'], ...issues: Issue[]): BadToolCall => ({
    ok: false,
    call,
    name,
    reason,
    issues,
  });
  const tool = tools.find((each) => nameOf(each) === name);
  if (tool === undefined) {
    const offered = tools.map(nameOf).join(', ') || 'none';
    return bad('unknown-tool', { path: [], message: `there is no tool ${name}; there are: ${offered}` });
  }
  const good = (input: unknown) => ({ ok: true, call, name, input, tool }) as unknown as GoodToolCall<T>;
  if (tool.type === 'custom') return good(call.arguments);
  if (call.json === undefined) return bad('not-json', { path: [], message: 'the arguments are not JSON' });
  if (!('input' in tool)) return good(call.json);
  const validated = await validate((tool as unknown as Tool).input, call.json);
  return validated.ok ? good(validated.value) : bad('schema', ...validated.issues);
}

function nameOf(tool: PlainTool): string {
  return tool.type === 'custom' ? tool.custom.name : tool.function.name;
}
