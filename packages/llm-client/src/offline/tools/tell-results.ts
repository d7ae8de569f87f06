import type { ChatMessage } from '../chat-request.ts';
import { isFields } from '../fields.ts';
import { clip } from '../tokens.ts';

const LONGEST_RESULT = 400;
const MOST_FIELDS = 8;

/** What tools have answered since the last request, in words; `undefined` when none has. */
export function tellResults(messages: readonly ChatMessage[]): string | undefined {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const since = messages.slice(last + 1);
  const names = new Map(since.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id, name }) => [id, name])));
  const results = since.filter(({ role }) => role === 'tool');
  if (results.length === 0) return undefined;
  return results
    .map(({ text, name, toolCallId = '' }) => {
      const who = names.get(toolCallId) ?? name ?? 'the tool';
      const said = text.trim() === '' ? 'nothing' : inWords(parse(text));
      return `According to ${who}: ${clip(said.replace(/\s+/g, ' '), LONGEST_RESULT).replace(/[.\s]+$/, '')}.`;
    })
    .join(' ');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.slice(0, MOST_FIELDS).map(inWords).join('; ');
  if (!isFields(value)) return String(value);
  return Object.entries(value)
    .slice(0, MOST_FIELDS)
    .map(([key, each]) => `${key.replace(/_/g, ' ')} ${inWords(each)}`)
    .join(', ');
}
