import { expect, it } from 'vitest';
import { storedTexts } from './stored-texts.ts';

const A = 'a'.repeat(43);
const B = 'b'.repeat(43);

it('cuts the messages out of a line as they stand there', () => {
  const tricky = { role: 'user', content: [{ type: 'text', text: `"},{"hash":"${B}"}` }], n: 1 };
  const stored = [{ hash: A, message: tricky }, { hash: A }, { hash: B, message: { role: 'user' } }];
  const line = JSON.stringify({ seq: 1, type: 'call.start', messages: stored });
  expect(storedTexts(line, stored)).toEqual([JSON.stringify(tricky), undefined, '{"role":"user"}']);
});

it('cuts nothing whole where a line is laid out otherwise', () => {
  const stored = [{ hash: A, message: { role: 'user' } }];
  expect(storedTexts(JSON.stringify({ messages: stored }, null, 1), stored)).toEqual([undefined]);
  expect(storedTexts(JSON.stringify({ messages: stored, more: 1 }), stored)).not.toEqual(['{"role":"user"}']);
  expect(storedTexts('', stored)).toEqual([undefined]);
});
