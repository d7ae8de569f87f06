import { expect, it } from 'vitest';
import { chatParts } from './chat-parts.ts';

it('shows a string as text and pieces of text one by one', () => {
  expect(chatParts({ role: 'user', content: 'hi' })).toEqual([{ type: 'text', text: 'hi' }]);
  expect(
    chatParts({
      role: 'user',
      content: [
        { type: 'text', text: 'a' },
        { type: 'input_text', text: 'b' },
      ],
    }),
  ).toEqual([
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
  ]);
});

it('shows tool calls by their name', () => {
  const call = { id: 't1', type: 'function', function: { name: 'search', arguments: '{"q":1}' } };
  expect(chatParts({ role: 'assistant', content: null, tool_calls: [call] })).toEqual([
    { type: 'data', title: 'tool call search', text: '{"q":1}' },
  ]);
});

it('drops nothing that it does not understand', () => {
  const shown = chatParts({
    role: 'tool',
    tool_call_id: 't1',
    content: [{ type: 'image_url', image_url: { url: 'data:x' } }, 7],
    tool_calls: [{ odd: true }],
    refusal: 'no',
  });
  expect(shown.map(({ title }) => title)).toEqual([
    'image_url',
    undefined,
    'tool call',
    'tool_call_id',
    'refusal',
  ]);
  expect(JSON.stringify(shown)).toContain('data:x');
});
