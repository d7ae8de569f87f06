import assert from 'node:assert/strict';
import { type Checks, code, says, textsOf } from './check.ts';

const six = ['1', '2', '3', '4', '5', '6'].map((text) => says(text, { id: text }));

export const summaryChecks: Checks = {
  'puts a summary in the place of what it stands for': async (store) => {
    await store.append('s', six);
    const summary = await store.replace(
      's',
      { from: 2, to: 4 },
      says('2 to 4', { id: 'sum', agentId: 'writer' }),
    );
    assert.deepEqual(summary.replaces, ['2', '3', '4']);
    assert.equal(summary.agentId, 'writer');
    assert.deepEqual(textsOf((await store.window('s')).messages), ['1', '2 to 4', '5', '6']);
    assert.deepEqual(textsOf(await store.read('s')), ['1', '2 to 4', '5', '6']);
    assert.deepEqual((await store.read('s'))[1], summary);
    await store.append('s', says('7'));
    assert.deepEqual(textsOf((await store.window('s', { messages: 4 })).messages), ['2 to 4', '5', '6', '7']);
  },

  'keeps the originals readable, with what stands for them': async (store) => {
    await store.append('s', six);
    await store.replace('s', { from: 1, to: 2 }, says('1 and 2', { id: 'sum' }));
    const all = await store.read('s', { replaced: true });
    assert.deepEqual(textsOf(all), ['1', '2', '1 and 2', '3', '4', '5', '6']);
    assert.deepEqual(
      all.map(({ replacedBy }) => replacedBy),
      ['sum', 'sum', undefined, undefined, undefined, undefined, undefined],
    );
    assert.equal(await store.pin('s', '1'), false);
    const info = await store.session('s');
    assert.deepEqual([info?.messages, info?.replaced, info?.version], [5, 2, 2]);
  },

  'summarises summaries': async (store) => {
    await store.append('s', six);
    await store.replace('s', { from: 1, to: 3 }, says('1 to 3', { id: 'first' }));
    const second = await store.replace('s', { from: 1, to: 5 }, says('1 to 5', { id: 'second' }));
    assert.deepEqual(second.replaces, ['first', '4', '5']);
    const third = await store.replace('s', { from: 1, to: 5 }, says('again', { id: 'third' }));
    assert.deepEqual(third.replaces, ['second']);
    assert.deepEqual(textsOf((await store.window('s')).messages), ['again', '6']);
    assert.deepEqual(textsOf(await store.read('s', { replaced: true })), [
      '1',
      '2',
      '3',
      '1 to 3',
      '4',
      '5',
      '1 to 5',
      'again',
      '6',
    ]);
  },

  'leaves pinned messages where they are': async (store) => {
    await store.append('s', six);
    await store.pin('s', '3');
    const summary = await store.replace('s', { from: 1, to: 3 }, says('1 and 2'));
    assert.deepEqual(summary.replaces, ['1', '2']);
    assert.deepEqual(textsOf((await store.window('s')).messages), ['1 and 2', '3', '4', '5', '6']);
    await assert.rejects(store.replace('s', { from: 3, to: 3 }, says('none')), code('invalid_memory_input'));
    await assert.rejects(
      store.replace('s', { from: 90, to: 99 }, says('none')),
      code('invalid_memory_input'),
    );
    await assert.rejects(
      store.replace('none', { from: 1, to: 9 }, says('none')),
      code('invalid_memory_input'),
    );
    assert.equal(await store.session('none'), undefined);
  },

  'takes the same summary with the same id once': async (store) => {
    await store.append('s', six);
    const summary = await store.replace('s', { from: 1, to: 3 }, says('sum', { id: 'sum' }));
    assert.deepEqual(await store.replace('s', { from: 1, to: 3 }, says('sum', { id: 'sum' })), summary);
    await assert.rejects(
      store.replace('s', { from: 4, to: 5 }, says('other', { id: 'sum' })),
      code('duplicate_message'),
    );
  },
};
