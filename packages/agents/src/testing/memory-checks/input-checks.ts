import assert from 'node:assert/strict';
import type { MemoryStore } from '../../memory/memory-store.ts';
import { type Checks, code, says, textsOf } from './check.ts';

/** Session ids that mean something to a database, a file system, an object or a terminal. */
const HOSTILE = [
  `it's "quoted" \`here\``,
  "'; DROP TABLE sessions; --",
  '__proto__',
  'constructor',
  'a\0b',
  'a\0c',
  'a',
  'line\nbreak\r\n',
  '../../etc/passwd',
  '*',
  'a*?[b]',
  '{tag}:x',
  'pd:memory:session',
  ' ',
  '0',
  '1e3',
  '🦉',
  'e\u0301',
  '\u00e9',
  'x'.repeat(10_240),
];

const circular: Record<string, unknown> = {};
circular.self = circular;

/** What TypeScript would not let through, and JavaScript does. */
const BAD: Record<string, (store: MemoryStore) => Promise<unknown>> = {
  'no session id': (store) => store.append('', says('x')),
  'a number for a session id': (store) => store.append(1 as never, says('x')),
  'half a surrogate pair in a session id': (store) => store.append('\ud83d', says('x')),
  'a session id of a megabyte': (store) => store.append('x'.repeat(2 ** 20), says('x')),
  'no messages': (store) => store.append('s', []),
  'null for a message': (store) => store.append('s', null as never),
  'a bare chat message': (store) => store.append('s', { role: 'user', content: 'x' } as never),
  'an unknown role': (store) => store.append('s', { message: { role: 'god', content: 'x' } as never }),
  'a circular message': (store) =>
    store.append('s', { message: { role: 'user', content: circular as never } }),
  'a BigInt': (store) => store.append('s', says('x', { metadata: { n: 1n } })),
  'circular metadata': (store) => store.append('s', says('x', { metadata: circular })),
  'metadata that is a list': (store) => store.append('s', says('x', { metadata: [] as never })),
  'negative tokens': (store) => store.append('s', says('x', { tokens: -1 })),
  'half a token': (store) => store.append('s', says('x', { tokens: 0.5 })),
  'an empty message id': (store) => store.append('s', says('x', { id: '' })),
  'a batch that is too large': (store) =>
    store.append(
      's',
      Array.from({ length: 1_001 }, () => says('x')),
    ),
  'a message of 33 MB': (store) => store.append('s', says('x'.repeat(33 * 2 ** 20))),
  'a version that is no number': (store) => store.append('s', says('x'), { expectedVersion: Number.NaN }),
  'a window of nothing': (store) => store.window('s', { messages: 0 }),
  'an endless window': (store) => store.window('s', { messages: Number.POSITIVE_INFINITY }),
  'half a position': (store) => store.read('s', { from: 0.5 }),
  'an absurd limit': (store) => store.read('s', { limit: 1e9 }),
  'no range': (store) => store.replace('s', undefined as never, says('x')),
  'half a range': (store) => store.replace('s', { from: 1 } as never, says('x')),
  'a source that is null': (store) =>
    store.facts.put({ type: 'user', id: 'x' }, { text: 'x', source: null as never }),
  'no scope': (store) => store.facts.list(undefined as never),
  'no vector': (store) => store.facts.searchByVector({ type: 'user', id: 'x' }, undefined as never),
  'a query that is no text': (store) => store.search({} as never),
  'an unknown match': (store) => store.search('x', { match: 'some' as never }),
  'an unknown scope': (store) => store.facts.put({ type: 'world' as never, id: 'x' }, { text: 'x' }),
  'a fact without a text': (store) => store.facts.put({ type: 'user', id: 'x' }, { text: ' ' }),
  'a vector of texts': (store) =>
    store.facts.put({ type: 'user', id: 'x' }, { text: 'x', vector: ['1'] as never }),
};

export const inputChecks: Checks = {
  'takes any text for a session id': async (store) => {
    for (const id of HOSTILE) {
      await store.append(id, says(`in ${id}`, { id: '__proto__', agentId: id }));
      await store.facts.put({ type: 'session', id }, { id: '__proto__', text: `of ${id}` });
    }
    for (const id of HOSTILE) {
      assert.deepEqual(textsOf(await store.read(id)), [`in ${id}`]);
      assert.equal(await store.pin(id, '__proto__'), true);
      assert.equal((await store.window(id)).messages[0]?.agentId, id);
      assert.deepEqual(
        (await store.facts.list({ type: 'session', id })).map(({ text }) => text),
        [`of ${id}`],
      );
    }
    const listed = (await store.sessions()).map(({ id }) => id);
    assert.deepEqual(new Set(listed), new Set(HOSTILE));
    assert.equal(listed.length, HOSTILE.length);
    assert.equal(await store.clear('*'), true);
    assert.equal((await store.read('a')).length, 1);
  },

  'refuses what it cannot keep, and stays as it was': async (store) => {
    await store.append('s', says('there'));
    for (const [what, act] of Object.entries(BAD))
      await assert.rejects(
        async () => act(store),
        (error) => code('invalid_memory_input')(error) || assert.fail(`${what}: ${String(error)}`),
      );
    assert.deepEqual(textsOf(await store.read('s')), ['there']);
    assert.equal((await store.sessions()).length, 1);
  },

  'keeps a large message': async (store) => {
    const content = 'word '.repeat(1_000_000);
    await store.append('s', says(content));
    assert.equal((await store.read('s'))[0]?.message.content, content);
    assert.equal((await store.search('word')).length, 1);
  },

  'rejects with the reason of an aborted signal, and writes nothing': async (store) => {
    const signal = AbortSignal.abort('enough');
    const scope = { type: 'user', id: 'u' } as const;
    for (const act of [
      () => store.append('s', says('x'), { signal }),
      () => store.window('s', { signal }),
      () => store.read('s', { signal }),
      () => store.replace('s', { from: 1, to: 1 }, says('x'), { signal }),
      () => store.pin('s', 'x', { signal }),
      () => store.clear('s', { signal }),
      () => store.session('s', { signal }),
      () => store.sessions({ signal }),
      () => store.search('x', { signal }),
      () => store.facts.put(scope, { text: 'x' }, { signal }),
      () => store.facts.list(scope, { signal }),
      () => store.facts.forget(scope, 'x', { signal }),
      () => store.facts.forgetAll(scope, { signal }),
      () => store.facts.searchByWords(scope, 'x', { signal }),
      () => store.facts.searchByVector(scope, [1], { signal }),
    ])
      await assert.rejects(act(), (error) => error === 'enough');
    assert.deepEqual(await store.sessions(), []);
  },
};
