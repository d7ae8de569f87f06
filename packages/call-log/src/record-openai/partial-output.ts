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
  refusal: string;
  /** Arguments of a function, or the input of a custom tool. */
  input: string;
  done: boolean;
}

/** Puts the output of a response together while it streams, for when its end never comes. */
export class PartialOutput {
  readonly #items = new Map<number, PartialItem>();

  /** Returns the text that the event added. */
  push({ type, output_index: index, delta, item }: OutputEvent): string {
    if (index === undefined) return '';
    if (type === 'response.output_item.added' || type === 'response.output_item.done') {
      Object.assign(this.#at(index), { item: item ?? {}, done: type.endsWith('done') });
      return '';
    }
    if (typeof delta !== 'string') return '';
    if (type === 'response.output_text.delta') {
      this.#at(index).text += delta;
      return delta;
    }
    if (type === 'response.refusal.delta') this.#at(index).refusal += delta;
    else if (type === 'response.function_call_arguments.delta') this.#at(index).input += delta;
    else if (type === 'response.custom_tool_call_input.delta') this.#at(index).input += delta;
    return '';
  }

  /** The items so far: as they were sent where they are done, with what has come of them where they are not. */
  items(): OutputItem[] {
    const inOrder = [...this.#items].sort(([a], [b]) => a - b);
    return inOrder.map(([, partial]) => (partial.done ? partial.item : soFar(partial)));
  }

  #at(index: number): PartialItem {
    let partial = this.#items.get(index);
    if (partial === undefined) {
      partial = { item: { type: 'message' }, text: '', refusal: '', input: '', done: false };
      this.#items.set(index, partial);
    }
    return partial;
  }
}

function soFar({ item, text, refusal, input }: PartialItem): OutputItem {
  if (item.type === 'function_call') return { ...item, arguments: input };
  if (item.type === 'custom_tool_call') return { ...item, input };
  if (item.type !== 'message') return item;
  const content = [
    ...(text === '' ? [] : [{ type: 'output_text', text }]),
    ...(refusal === '' ? [] : [{ type: 'refusal', refusal }]),
  ];
  return { ...item, content };
}
