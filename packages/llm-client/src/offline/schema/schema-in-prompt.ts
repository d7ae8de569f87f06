import type { ChatMessage } from '../chat-request.ts';
import { isFields } from '../fields.ts';

/** How much of a prompt is searched, and in how many places: a prompt of a megabyte costs no more than one of some pages. */
const SEARCHED = 60_000;
const MOST_TRIES = 20;

/**
 * A JSON schema that is written into the prompt, as clients do for models without structured output: an object with
 * `properties`, in a message that speaks of JSON. The last one counts.
 */
export function schemaInPrompt(messages: readonly ChatMessage[]): unknown {
  const last = messages.findLast(({ role }) => role === 'user');
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  for (const message of [...(last === undefined ? [] : [last]), ...system.toReversed()]) {
    const text = message.text.slice(-SEARCHED);
    if (!/\bjson\b/i.test(text) || !text.includes('"properties"')) continue;
    const found = find(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function find(text: string): unknown {
  let from = text.indexOf('{');
  for (let tries = 0; from !== -1 && tries < MOST_TRIES; tries++) {
    const to = closing(text, from);
    const value = to === undefined ? undefined : parse(text.slice(from, to + 1));
    const schema = isFields(value) && isFields(value.schema) ? value.schema : value;
    if (isFields(schema) && isFields(schema.properties)) return schema;
    from = text.indexOf('{', value === undefined ? from + 1 : (to ?? from) + 1);
  }
  return undefined;
}

/** Where the brace at `from` is closed, as far as JSON goes. */
function closing(text: string, from: number): number | undefined {
  let depth = 0;
  let isText = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (isText) {
      if (char === '\\') at++;
      else if (char === '"') isText = false;
    } else if (char === '"') isText = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
