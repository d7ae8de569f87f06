import assert from 'node:assert/strict';
import { type Checks, code, says, textsOf } from './check.ts';

export const sessionChecks: Checks = {
  'lists sessions, the last changed first, with counts and times': async (store) => {
    for (const id of ['a', 'b', 'c']) await store.append(id, [says('1'), says('2')]);
    await store.append('a', says('3'));
    const sessions = await store.sessions();
    assert.deepEqual(
      sessions.map(({ id, messages, version }) => [id, messages, version]),
      [
        ['a', 3, 2],
        ['c', 2, 1],
        ['b', 2, 1],
      ],
    );
    for (const session of sessions) {
      assert.ok(Date.parse(session.createdAt) <= Date.parse(session.updatedAt));
      assert.deepEqual(await store.session(session.id), session);
    }
    assert.deepEqual(
      (await store.sessions({ limit: 1, offset: 1 })).map(({ id }) => id),
      ['c'],
    );
    assert.deepEqual(await store.sessions({ offset: 9 }), []);
  },

  'clears a session, whose version and positions go on': async (store) => {
    await store.append('s', [says('1', { id: 'a' }), says('2', { pinned: true }), says('3')]);
    await store.replace('s', { from: 1, to: 1 }, says('sum'));
    const { version } = await store.window('s');
    assert.equal(await store.clear('s', { expectedVersion: version }), true);
    assert.deepEqual(await store.read('s', { replaced: true }), []);
    assert.deepEqual((await store.window('s')).messages, []);
    assert.deepEqual(await store.search('sum'), []);
    const info = await store.session('s');
    assert.deepEqual([info?.messages, info?.replaced, info?.version], [0, 0, version + 1]);
    await assert.rejects(
      store.append('s', says('late'), { expectedVersion: version }),
      code('version_conflict'),
    );
    const { messages } = await store.append('s', says('new', { id: 'a' }));
    assert.equal(messages[0]?.position, 4);
    assert.deepEqual(textsOf(await store.read('s')), ['new']);
    assert.equal(await store.clear('none'), false);
  },

  'refuses work after it was closed': async (store) => {
    await store.append('s', says('1'));
    await store.close();
    await store.close();
    const scope = { type: 'user', id: 'u' } as const;
    for (const late of [
      () => store.append('s', says('2')),
      () => store.window('s'),
      () => store.sessions(),
      () => store.facts.put(scope, { text: 'late' }),
      () => store.facts.list(scope),
    ])
      await assert.rejects(late(), code('memory_closed'));
  },
};
