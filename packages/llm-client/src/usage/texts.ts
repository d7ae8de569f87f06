import type { Reply } from '@pd/call-log/schema';

/** What there is to read in a request. */
export interface InputText {
  text: string;
  /** How many chat messages it comes in. */
  messages: number;
  /** How many pictures there are besides. */
  images: number;
}

/** Fields of a request that a model reads as text, and those that it reads as schemas, keys included. */
const TEXTS = ['messages', 'input', 'instructions'] as const;
const SCHEMAS = ['tools', 'response_format', 'text'] as const;

/** Fields whose text is for the machinery, not for the model; data of files among them, which nobody can count. */
const UNREAD: ReadonlySet<string> = new Set([
  'role',
  'type',
  'id',
  'tool_call_id',
  'data',
  'file_data',
  'url',
]);

/** The text of a request, as it is read: no punctuation of JSON, no files. */
export function inputText(body: Readonly<Record<string, unknown>>): InputText {
  const texts: string[] = [];
  let images = 0;
  const read = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'number' || typeof value === 'boolean') texts.push(String(value));
    else if (Array.isArray(value)) value.forEach(read);
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && (value.type === 'image_url' || value.type === 'input_image')) images++;
      else for (const [key, field] of Object.entries(value)) if (!UNREAD.has(key)) read(field);
    }
  };
  for (const field of TEXTS) read(body[field]);
  for (const field of SCHEMAS) if (body[field] !== undefined) texts.push(JSON.stringify(body[field]));
  const messages = Array.isArray(body.messages) ? body.messages.length : 1;
  return { text: texts.join('\n'), messages, images };
}

/** All that came back: text, reasoning, refusals, tool calls, and the same of other choices. */
export function outputText({ message, other_choices = [] }: Reply): string {
  const texts: string[] = [];
  for (const each of [message, ...other_choices]) {
    if (each === undefined) continue;
    for (const field of ['content', 'reasoning_content', 'reasoning', 'refusal'] as const)
      if (typeof each[field] === 'string') texts.push(each[field]);
    const { tool_calls: calls } = each;
    if (Array.isArray(calls)) for (const call of calls) texts.push(...toolCallTexts(call));
  }
  return texts.join('\n');
}

function toolCallTexts(call: unknown): string[] {
  const { function: called } = (call ?? {}) as { function?: { name?: unknown; arguments?: unknown } | null };
  return [called?.name, called?.arguments].filter((text) => typeof text === 'string');
}
