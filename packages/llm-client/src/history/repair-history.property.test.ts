import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialects } from './dialects.ts';
import { repairHistory } from './repair-history.ts';
import { validateHistory } from './validate-history.ts';

const id = fc.constantFrom(
  'a',
  'b',
  'call_1',
  'call_1234567',
  'abcdefghi',
  'x'.repeat(50),
  'with|pipe',
  '',
  undefined,
  7,
);
const content = fc.constantFrom<unknown>(
  'hello',
  '',
  '  ',
  null,
  undefined,
  [],
  [{ type: 'text', text: '' }],
  [
    { type: 'text', text: 'hi' },
    { type: 'text', text: '' },
  ],
  [{ type: 'image_url', image_url: { url: 'data:,' } }],
);
const call = fc.record({
  id,
  type: fc.constant('function'),
  function: fc.record({
    name: fc.constant('f'),
    arguments: fc.constantFrom<unknown>('{}', '{"a":', '', { a: 1 }, undefined),
  }),
});
const message = fc.oneof(
  fc.record({
    role: fc.constantFrom('user', 'system', 'developer'),
    content,
    name: fc.constantFrom(undefined, 'ann', 'bob'),
  }),
  fc.record({
    role: fc.constant('assistant'),
    content,
    tool_calls: fc.oneof(fc.constant(undefined), fc.array(call, { maxLength: 3 })),
  }),
  fc.record({ role: fc.constant('tool'), content, tool_call_id: id }),
  fc.constantFrom<unknown>(
    null,
    'text',
    5,
    {},
    { role: 3 },
    { role: 'assistant', content: 'x', tool_calls: [null, 'y'] },
  ),
);
const history = fc.array(message, { maxLength: 12 });
const names = Object.keys(dialects);

describe.each(names)('a history repaired for %s', (name) => {
  it('is one that it takes, and is left as it is from then on', () => {
    fc.assert(
      fc.property(history, (messages) => {
        const given = structuredClone(messages);
        const { messages: repaired } = repairHistory(messages, name);
        expect(validateHistory(repaired, name)).toEqual([]);
        expect(repairHistory(repaired, name).messages).toBe(repaired);
        expect(messages).toEqual(given);
      }),
    );
  });
});

it('a history that is in order for everybody is left as it is by everybody', () => {
  const turn = fc.record({
    calls: fc.integer({ min: 0, max: 3 }),
    text: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
  });
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
      const messages = turns.flatMap(({ calls, text }, at) => {
        const ids = Array.from({ length: calls }, (_, i) => `t${at}c${i}`.padEnd(9, '0'));
        const tool_calls = ids.map((each) => ({
          id: each,
          type: 'function',
          function: { name: 'f', arguments: '{}' },
        }));
        const tools =
          calls === 0
            ? []
            : [
                { role: 'assistant', content: null, tool_calls },
                ...ids.map((each) => ({ role: 'tool', tool_call_id: each, content: text })),
              ];
        return [{ role: 'user', content: text }, ...tools, { role: 'assistant', content: text }];
      });
      messages.unshift({ role: 'system', content: 'be kind' });
      messages.push({ role: 'user', content: 'and now?' });
      for (const name of names) expect(repairHistory(messages, name).messages).toBe(messages);
    }),
  );
});
