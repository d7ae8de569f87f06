import assert from 'node:assert/strict';
import { type Checks, says, textsOf } from './check.ts';

const numbered = (count: number, tokens?: number) =>
  Array.from({ length: count }, (_, i) => says(String(i + 1), { id: String(i + 1), tokens }));

export const windowChecks: Checks = {
  'gives the last messages, in order, with the version': async (store) => {
    assert.deepEqual(await store.window('s'), { messages: [], version: 0 });
    await store.append('s', numbered(300));
    const { messages, version } = await store.window('s', { messages: 3 });
    assert.deepEqual(textsOf(messages), ['298', '299', '300']);
    assert.equal(version, 1);
    assert.equal((await store.window('s')).messages.length, 100);
  },

  'gives the last messages that fit into so many tokens': async (store) => {
    await store.append('s', numbered(500, 10));
    assert.deepEqual(textsOf((await store.window('s', { tokens: 39 })).messages), ['498', '499', '500']);
    assert.equal((await store.window('s', { tokens: 4_500 })).messages.length, 450);
    assert.equal((await store.window('s', { tokens: 4_500, messages: 7 })).messages.length, 7);
    assert.deepEqual((await store.window('s', { tokens: 9 })).messages, []);
  },

  'does not pass over a message that is too large for older ones': async (store) => {
    await store.append('s', [
      says('small', { tokens: 1 }),
      says('large', { tokens: 50 }),
      says('new', { tokens: 1 }),
    ]);
    assert.deepEqual(textsOf((await store.window('s', { tokens: 10 })).messages), ['new']);
  },

  'estimates tokens where they are not given': async (store) => {
    await store.append('s', [says('x'.repeat(400)), says('y'.repeat(400))]);
    assert.deepEqual((await store.window('s', { tokens: 150 })).messages.length, 1);
    const one = () => 1;
    assert.deepEqual((await store.window('s', { tokens: 150, estimateTokens: one })).messages.length, 2);
  },

  'keeps pinned messages whatever their age, and counts them first': async (store) => {
    await store.append('s', numbered(300, 10));
    assert.equal(await store.pin('s', '2'), true);
    assert.equal(await store.pin('s', '299'), true);
    assert.deepEqual(textsOf((await store.window('s', { messages: 4 })).messages), [
      '2',
      '298',
      '299',
      '300',
    ]);
    assert.deepEqual(textsOf((await store.window('s', { tokens: 30 })).messages), ['2', '299', '300']);
    assert.deepEqual(textsOf((await store.window('s', { messages: 1 })).messages), ['2', '299']);
    assert.equal((await store.read('s', { from: 2, to: 2 }))[0]?.pinned, true);
    assert.equal(await store.unpin('s', '2'), true);
    assert.deepEqual(textsOf((await store.window('s', { messages: 2 })).messages), ['299', '300']);
    assert.equal(await store.pin('s', 'nobody'), false);
    assert.equal(await store.pin('no session', '1'), false);
  },

  'does not begin with the result of a tool whose call is left out': async (store) => {
    const call = (id: string) => ({
      id,
      type: 'function' as const,
      function: { name: 'look', arguments: '{}' },
    });
    await store.append('s', [
      says('look twice'),
      { message: { role: 'assistant', tool_calls: [call('a'), call('b')] } },
      { message: { role: 'tool', tool_call_id: 'a', content: 'A' } },
      { message: { role: 'tool', tool_call_id: 'b', content: 'B' } },
      { message: { role: 'assistant', content: 'A and B' } },
    ]);
    const sizes = await Promise.all(
      [1, 2, 3, 4, 5].map(async (messages) => (await store.window('s', { messages })).messages.length),
    );
    assert.deepEqual(sizes, [1, 1, 1, 4, 5]);
  },
};
