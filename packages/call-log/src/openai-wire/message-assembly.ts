import type { JsonObject } from '../schema/json.ts';
import { accumulateFields } from './accumulate.ts';
import type { ChunkDelta } from './chat-assembly.ts';
import type { WireMessage } from './shapes.ts';
import { ToolCallAssembly } from './tool-call-assembly.ts';

/** Assembles one message from its pieces. */
export class MessageAssembly {
  #fields: Record<string, unknown> = { role: 'assistant', content: null };
  readonly #toolCalls = new ToolCallAssembly();

  /** Returns what the piece added. */
  push({ role, content, tool_calls, ...rest }: WireMessage): ChunkDelta {
    if (role) this.#fields.role = role;
    const text = textOf(content);
    const thinking = thinkingOf(content);
    // An empty content is content: `null` says that there was none.
    if (text !== undefined) this.#fields.content = `${this.#fields.content ?? ''}${text}`;
    const fields = thinking === '' ? rest : { ...rest, reasoning_content: thinking };
    this.#fields = accumulateFields(this.#fields, fields);
    const toolCalls = (tool_calls ?? []).map((call) => this.#toolCalls.push(call));
    const reasoning = fields.reasoning_content ?? fields.reasoning;
    return { text: text ?? '', reasoning: typeof reasoning === 'string' ? reasoning : '', toolCalls };
  }

  toJson(): JsonObject {
    const calls = this.#toolCalls.toJson();
    return { ...this.#fields, ...(calls.length > 0 && { tool_calls: calls }) } as JsonObject;
  }
}

/** Mistral's reasoning models send the content as parts: `text`, and `thinking` with parts of its own. */
interface ContentPart {
  text?: unknown;
  thinking?: unknown;
}

function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  return content
    .map((part: ContentPart | null) => (typeof part?.text === 'string' ? part.text : ''))
    .join('');
}

function thinkingOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content.map((part: ContentPart | null) => textOf(part?.thinking) ?? '').join('');
}
