import assert from 'node:assert/strict';
import { type Checks, code } from './check.ts';

const anna = { type: 'user', id: 'anna' } as const;

export const factChecks: Checks = {
  'keeps facts by scope, in order': async (store) => {
    const source = { sessionId: 's', messageIds: ['1', '2'] };
    const [first] = await store.facts.put(anna, [
      { text: 'likes owls', metadata: { sure: true }, source, vector: [3, 4] },
      { text: 'lives in Bern' },
    ]);
    await store.facts.put({ type: 'agent', id: 'anna' }, { text: 'of an agent' });
    const facts = await store.facts.list(anna);
    assert.deepEqual(
      facts.map(({ text }) => text),
      ['likes owls', 'lives in Bern'],
    );
    assert.deepEqual(facts[0], first);
    assert.deepEqual([first?.source, first?.metadata, first?.dimensions], [source, { sure: true }, 2]);
    assert.deepEqual(first?.scope, anna);
    assert.deepEqual(
      (await store.facts.list(anna, { limit: 1, offset: 1 })).map(({ text }) => text),
      ['lives in Bern'],
    );
    assert.deepEqual(await store.facts.list({ type: 'session', id: 'anna' }), []);
  },

  'puts a fact in the place of the one with its id': async (store) => {
    const [old] = await store.facts.put(anna, { id: 'home', text: 'lives in Bern', vector: [1, 0] });
    await store.facts.put(anna, { text: 'likes owls' });
    await store.facts.put(anna, { id: 'home', text: 'lives in Basel' });
    const facts = await store.facts.list(anna);
    assert.deepEqual(
      facts.map(({ text }) => text),
      ['lives in Basel', 'likes owls'],
    );
    assert.equal(facts[0]?.createdAt, old?.createdAt);
    assert.equal(facts[0]?.dimensions, undefined);
  },

  'forgets a fact, or all of a scope': async (store) => {
    await store.facts.put(
      anna,
      ['a', 'b', 'c'].map((text) => ({ id: text, text })),
    );
    assert.equal(await store.facts.forget(anna, 'b'), true);
    assert.equal(await store.facts.forget(anna, 'b'), false);
    assert.deepEqual(
      (await store.facts.list(anna)).map(({ text }) => text),
      ['a', 'c'],
    );
    assert.equal(await store.facts.forgetAll(anna), 2);
    assert.equal(await store.facts.forgetAll(anna), 0);
    assert.deepEqual(await store.facts.list(anna), []);
  },

  'finds facts by any of the words': async (store) => {
    const agent = { type: 'agent', id: 'guide' } as const;
    await store.facts.put(anna, [{ text: 'Anna likes owls' }, { text: 'Anna lives in Zürich' }]);
    await store.facts.put(agent, { text: 'owls are awake at night' });
    const found = await store.facts.searchByWords([anna, agent, anna], 'where does anna live? ZURICH');
    assert.deepEqual(
      found.map(({ text }) => text),
      ['Anna lives in Zürich', 'Anna likes owls'],
    );
    assert.ok((found[0]?.score ?? 0) > (found[1]?.score ?? 0));
    assert.equal((await store.facts.searchByWords([anna, agent], 'owls')).length, 2);
    assert.equal((await store.facts.searchByWords(anna, 'owls')).length, 1);
    assert.deepEqual(await store.facts.searchByWords(anna, '"*'), []);
  },

  'finds facts by the cosine of their vectors': async (store) => {
    await store.facts.put(anna, [
      { id: 'same', text: 'same direction', vector: [10, 0, 0] },
      { id: 'near', text: 'near', vector: new Float32Array([1, 1, 0]) },
      { id: 'across', text: 'across', vector: [0, 1e30, 0] },
      { id: 'opposite', text: 'opposite', vector: [-1e-30, 0, 0] },
      { id: 'other', text: 'of another model', vector: [1, 0] },
      { id: 'none', text: 'without a vector' },
    ]);
    const found = await store.facts.searchByVector(anna, [2, 0, 0]);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['same', 'near', 'across', 'opposite'],
    );
    [1, Math.SQRT1_2, 0, -1].forEach((cosine, i) => {
      assert.ok(Math.abs((found[i]?.score ?? 9) - cosine) < 1e-6);
    });
    const few = await store.facts.searchByVector(anna, [2, 0, 0], { limit: 3, minimumScore: 0.5 });
    assert.deepEqual(
      few.map(({ id }) => id),
      ['same', 'near'],
    );
    for (const vector of [[], [0, 0], [Number.NaN, 1], [Number.POSITIVE_INFINITY]])
      await assert.rejects(store.facts.searchByVector(anna, vector), code('invalid_memory_input'));
  },

  'searches more facts than a page has': async (store) => {
    for (const part of [0, 1])
      await store.facts.put(
        anna,
        Array.from({ length: 600 }, (_, i) => ({
          id: `${part}-${i}`,
          text: `fact ${part * 600 + i}`,
          vector: [1, part * 600 + i],
        })),
      );
    assert.equal((await store.facts.list(anna, { limit: 10_000 })).length, 1_200);
    assert.equal((await store.facts.searchByWords(anna, '1199'))[0]?.id, '1-599');
    assert.equal((await store.facts.searchByVector(anna, [1, 0], { limit: 1 }))[0]?.id, '0-0');
  },
};
