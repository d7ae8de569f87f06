import type { ChunkDelta } from './chat-assembly.ts';
import type { OutputItem } from './responses-output.ts';

/** An event of a response's stream that adds to its output. */
export interface OutputEvent {
  type?: string;
  output_index?: number;
  delta?: unknown;
  item?: OutputItem;
}

interface PartialItem {
  item: OutputItem;
  text: string;
  reasoning: string;
  refusal: string;
  /** Arguments of a function, or the input of a custom tool. */
  input: string;
  done: boolean;
  /** Which tool call of the response it is, from 0. */
  toolCall: number | undefined;
}

const REASONING: ReadonlySet<string | undefined> = new Set([
  'response.reasoning_summary_text.delta',
  'response.reasoning_text.delta',
]);
const TOOL_INPUT: ReadonlySet<string | undefined> = new Set([
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
]);

/** Puts the output of a response together while it streams, for when its end never comes. */
export class PartialOutput {
  readonly #items = new Map<number, PartialItem>();
  #toolCalls = 0;

  /** Returns what the event added. */
  push({ type, output_index: index, delta, item }: OutputEvent): ChunkDelta {
    const added: ChunkDelta = { text: '', reasoning: '', toolCalls: [] };
    if (index === undefined) return added;
    if (type === 'response.output_item.added' || type === 'response.output_item.done') {
      this.#place(this.#at(index), item ?? {}, type.endsWith('done'), added);
    } else if (typeof delta === 'string') {
      if (type === 'response.output_text.delta') {
        this.#at(index).text += delta;
        added.text = delta;
      } else if (REASONING.has(type)) {
        this.#at(index, 'reasoning').reasoning += delta;
        added.reasoning = delta;
      } else if (type === 'response.refusal.delta') this.#at(index).refusal += delta;
      else if (TOOL_INPUT.has(type)) {
        const call = this.#at(index);
        call.input += delta;
        added.toolCalls.push({ index: call.toolCall ?? 0, arguments: delta });
      }
    }
    return added;
  }

  /** The items so far: as they were sent where they are done, with what has come of them where they are not. */
  items(): OutputItem[] {
    const inOrder = [...this.#items].sort(([a], [b]) => a - b);
    return inOrder.map(([, partial]) => (partial.done ? partial.item : soFar(partial)));
  }

  #place(partial: PartialItem, item: OutputItem, done: boolean, added: ChunkDelta): void {
    Object.assign(partial, { item, done });
    if (item.type !== 'function_call' && item.type !== 'custom_tool_call') return;
    const isNew = partial.toolCall === undefined;
    partial.toolCall ??= this.#toolCalls++;
    // A server may send a call whole, at its end, without the pieces of it.
    const whole = done && partial.input === '' ? (item.arguments ?? item.input ?? '') : '';
    if (!isNew && whole === '') return;
    partial.input += whole;
    added.toolCalls.push({
      index: partial.toolCall,
      ...(isNew && item.call_id !== undefined && { id: item.call_id }),
      ...(isNew && item.name !== undefined && { name: item.name }),
      arguments: whole,
    });
  }

  #at(index: number, type = 'message'): PartialItem {
    let partial = this.#items.get(index);
    if (partial === undefined) {
      partial = {
        item: { type },
        text: '',
        reasoning: '',
        refusal: '',
        input: '',
        done: false,
        toolCall: undefined,
      };
      this.#items.set(index, partial);
    }
    return partial;
  }
}

function soFar({ item, text, reasoning, refusal, input }: PartialItem): OutputItem {
  if (item.type === 'function_call') return { ...item, arguments: input };
  if (item.type === 'custom_tool_call') return { ...item, input };
  if (item.type === 'reasoning' && reasoning !== '')
    return { ...item, summary: [{ type: 'summary_text', text: reasoning }] };
  if (item.type !== 'message') return item;
  const content = [
    ...(text === '' ? [] : [{ type: 'output_text', text }]),
    ...(refusal === '' ? [] : [{ type: 'refusal', refusal }]),
  ];
  return { ...item, content };
}
