import assert from 'node:assert/strict';
import type { NewMessage } from '../../memory/stored-message.ts';
import { type Checks, code, says, textsOf } from './check.ts';

/** Every part that a chat message may have, and texts that do not survive everywhere. */
const MESSAGES: NewMessage[] = [
  { message: { role: 'developer', content: 'Be brief.' }, pinned: true },
  {
    message: {
      role: 'user',
      name: 'anna',
      content: [
        { type: 'text', text: "What is this? NUL \0, quote ', emoji 🦉, newline \n, half a pair \ud83d" },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
      ],
    },
    agentId: 'person',
    tokens: 0,
    metadata: { __proto__: null, nested: { list: [1, null, 'a'] }, empty: '' },
  },
  {
    message: {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":"it"}' } }],
    },
    agentId: 'seer',
    tokens: 12,
  },
  { message: { role: 'tool', tool_call_id: 'call_1', content: '{"animal":"owl"}' } },
  { message: JSON.parse('{"role":"assistant","content":"","__proto__":{"a":1},"reasoning_content":"hm"}') },
];

export const messageChecks: Checks = {
  'gives messages back unchanged': async (store) => {
    const { messages } = await store.append('s', MESSAGES);
    const read = await store.read('s');
    assert.deepEqual(read, messages);
    read.forEach((stored, index) => {
      const given = MESSAGES[index];
      assert.equal(JSON.stringify(stored.message), JSON.stringify(given?.message));
      assert.equal(stored.agentId, given?.agentId);
      assert.equal(stored.tokens, given?.tokens);
      assert.equal(JSON.stringify(stored.metadata), JSON.stringify(given?.metadata));
      assert.equal(stored.pinned, given?.pinned ?? false);
      assert.equal(stored.position, index + 1);
      assert.equal(stored.sessionId, 's');
      assert.ok(!Number.isNaN(Date.parse(stored.createdAt)));
    });
    assert.equal(new Set(read.map(({ id }) => id)).size, MESSAGES.length);
  },

  'does not see what is done to a message after it was stored': async (store) => {
    const message = { role: 'user' as const, content: 'before' };
    const { messages } = await store.append('s', { message });
    message.content = 'after';
    const stored = messages[0];
    if (stored !== undefined) Object.assign(stored.message, { content: 'after' });
    assert.deepEqual(textsOf(await store.read('s')), ['before']);
  },

  'keeps the order of appends, and of the messages in one': async (store) => {
    await Promise.all([
      store.append('s', [says('1'), says('2')]),
      store.append('s', says('3')),
      store.append('s', [says('4'), says('5')]),
    ]);
    assert.deepEqual(textsOf(await store.read('s')), ['1', '2', '3', '4', '5']);
    assert.deepEqual(
      (await store.read('s')).map(({ position }) => position),
      [1, 2, 3, 4, 5],
    );
  },

  'keeps sessions apart': async (store) => {
    await store.append('a', says('of a'));
    await store.append('b', says('of b'));
    assert.deepEqual(textsOf(await store.read('a')), ['of a']);
    assert.deepEqual(await store.read('c'), []);
  },

  'reads a range of positions': async (store) => {
    await store.append(
      's',
      Array.from({ length: 9 }, (_, i) => says(String(i + 1))),
    );
    assert.deepEqual(textsOf(await store.read('s', { from: 3, to: 5 })), ['3', '4', '5']);
    assert.deepEqual(textsOf(await store.read('s', { from: 8 })), ['8', '9']);
    assert.deepEqual(textsOf(await store.read('s', { limit: 2 })), ['1', '2']);
    assert.deepEqual(await store.read('s', { from: 10 }), []);
  },

  'refuses a change that expects another version, and writes nothing': async (store) => {
    const { version } = await store.append('s', says('1'), { expectedVersion: 0 });
    assert.equal(version, 1);
    await store.append('s', says('2'), { expectedVersion: 1 });
    await assert.rejects(store.append('s', says('lost'), { expectedVersion: 1 }), code('version_conflict'));
    await assert.rejects(store.append('new', says('lost'), { expectedVersion: 3 }), code('version_conflict'));
    await assert.rejects(store.clear('new', { expectedVersion: 3 }), code('version_conflict'));
    await assert.rejects(store.pin('s', 'x', { expectedVersion: 1 }), code('version_conflict'));
    await assert.rejects(
      store.replace('s', { from: 1, to: 2 }, says('sum'), { expectedVersion: 1 }),
      code('version_conflict'),
    );
    assert.deepEqual(textsOf(await store.read('s')), ['1', '2']);
    assert.equal(await store.session('new'), undefined);
  },

  'lets one of many appends win that expect the same version': async (store) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => store.append('s', says(String(i)), { expectedVersion: 0 })),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await store.read('s')).length, 1);
  },

  'takes the same message with the same id once': async (store) => {
    const batch = [says('1', { id: 'a' }), says('2', { id: 'b' })];
    const first = await store.append('s', batch, { expectedVersion: 0 });
    assert.deepEqual(await store.append('s', batch, { expectedVersion: 0 }), first);
    assert.deepEqual(textsOf(await store.read('s')), ['1', '2']);
    assert.deepEqual((await store.append('other', says('1', { id: 'a' }))).version, 1);
    await store.append('s', batch);
    assert.deepEqual(
      (await store.sessions()).map((session) => [session.id, session.version]),
      [
        ['other', 1],
        ['s', 1],
      ],
    );
  },

  'refuses another message with an id that is taken': async (store) => {
    await store.append('s', says('1', { id: 'a' }));
    for (const batch of [
      [says('other', { id: 'a' })],
      [says('2', { id: 'b' }), says('1', { id: 'a' })],
      [says('3', { id: 'c' }), says('3', { id: 'c' })],
    ])
      await assert.rejects(store.append('s', batch), code('duplicate_message'));
    assert.deepEqual(textsOf(await store.read('s')), ['1']);
  },
};
