import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../schema/json.ts';
import { fromParts, toParts } from './chat-parts.ts';

const call = (args: string) => ({ id: 'c', type: 'function', function: { name: 'look', arguments: args } });

describe('a chat message in the shape of the conventions', () => {
  it.each<[string, JsonObject, JsonObject[]]>([
    ['text', { role: 'user', content: 'hi' }, [{ type: 'text', content: 'hi' }]],
    [
      'tool calls',
      { role: 'assistant', content: null, tool_calls: [call('{"at":"sky"}')] },
      [{ type: 'tool_call', id: 'c', name: 'look', arguments: { at: 'sky' } }],
    ],
    [
      'arguments that are no JSON, or spaced by the model',
      { role: 'assistant', content: 'so', tool_calls: [call('{"at": "sky"}'), call('{"a')] },
      [
        { type: 'text', content: 'so' },
        { type: 'tool_call', id: 'c', name: 'look', arguments: '{"at": "sky"}' },
        { type: 'tool_call', id: 'c', name: 'look', arguments: '{"a' },
      ],
    ],
    [
      'a tool result',
      { role: 'tool', tool_call_id: 'c', content: 'blue' },
      [{ type: 'tool_call_response', id: 'c', response: 'blue' }],
    ],
    [
      'reasoning',
      { role: 'assistant', content: 'yes', reasoning_content: 'hm' },
      [
        { type: 'reasoning', content: 'hm' },
        { type: 'text', content: 'yes' },
      ],
    ],
  ])('%s: nothing is said twice', (_, message, parts) => {
    expect(toParts(message)).toEqual({ role: message.role, parts });
    expect(JSON.stringify(fromParts(toParts(message)))).toBe(JSON.stringify(message));
  });

  it('keeps what the shape has no place for', () => {
    const message = { role: 'assistant', content: 'hi', refusal: null, annotations: [] };
    expect(toParts(message)).toEqual({
      role: 'assistant',
      parts: [{ type: 'text', content: 'hi' }],
      'pd.leftover': { set: { refusal: null, annotations: [] } },
    });
  });

  it('shows images and items of the Responses API as what they are', () => {
    const image = { type: 'image_url', image_url: { url: 'https://example.org/cat.png' } };
    expect(toParts({ role: 'user', content: [{ type: 'text', text: 'see' }, image] }).parts).toEqual([
      { type: 'text', content: 'see' },
      { type: 'uri', modality: 'image', uri: 'https://example.org/cat.png' },
    ]);
    expect(toParts({ type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' })).toMatchObject({
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'c', name: 'look', arguments: {} }],
    });
    expect(toParts({ type: 'function_call_output', call_id: 'c', output: 'blue' })).toMatchObject({
      role: 'tool',
      parts: [{ type: 'tool_call_response', id: 'c', response: 'blue' }],
    });
  });
});

it('any message comes back byte for byte', () => {
  const key = fc.oneof(
    fc.constantFrom(
      'role',
      'content',
      'name',
      'tool_calls',
      'tool_call_id',
      'reasoning_content',
      'type',
      '__proto__',
    ),
    fc.string(),
  );
  const value = fc.oneof(
    fc.constantFrom('tool', 'function_call', 'text', 'assistant'),
    fc.jsonValue({ maxDepth: 3 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), { maxLength: 6 }), (fields) => {
      const text = JSON.stringify(Object.fromEntries(fields));
      const told = JSON.parse(JSON.stringify(toParts(JSON.parse(text) as JsonObject))) as JsonObject;
      expect(JSON.stringify(fromParts(told))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
