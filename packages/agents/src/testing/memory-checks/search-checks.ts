import assert from 'node:assert/strict';
import { type Checks, says, textsOf } from './check.ts';

export const searchChecks: Checks = {
  'finds messages by all of the words, or any of them': async (store) => {
    await store.append('s', [
      says('the red fox'),
      says('the blue whale'),
      says('a red whale'),
      says('nothing'),
    ]);
    assert.deepEqual(textsOf(await store.search('red whale')), ['a red whale']);
    const any = await store.search('red whale', { match: 'any' });
    assert.equal(textsOf(any)[0], 'a red whale');
    assert.equal(any.length, 3);
    assert.ok(any.every(({ score }, i) => Number.isFinite(score) && score <= (any[i - 1]?.score ?? score)));
    assert.equal((await store.search('red whale', { match: 'any', limit: 2 })).length, 2);
    assert.deepEqual(await store.search('elephant'), []);
  },

  'does not mind case, accents and signs': async (store) => {
    await store.append('s', says('Das CAFÉ in Zürich: „geöffnet“, naïve-Kunst'));
    for (const query of ['café', 'CAFE', 'zurich', 'Kunst', 'geöffnet', 'naive kunst'])
      assert.equal((await store.search(query)).length, 1, query);
  },

  'finds the parts of messages, and what is given to tools': async (store) => {
    await store.append('s', [
      { message: { role: 'user', content: [{ type: 'text', text: 'a heron' }] } },
      {
        message: {
          role: 'assistant',
          tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{"bird":"stork"}' } }],
        },
      },
    ]);
    assert.equal((await store.search('heron')).length, 1);
    assert.equal((await store.search('stork')).length, 1);
  },

  'searches one session or all of them': async (store) => {
    await store.append('a', says('owl one'));
    await store.append('b', says('owl two'));
    assert.deepEqual(textsOf(await store.search('owl', { sessionId: 'b' })), ['owl two']);
    assert.deepEqual((await store.search('owl')).map(({ sessionId }) => sessionId).sort(), ['a', 'b']);
    assert.deepEqual(await store.search('owl', { sessionId: 'c' }), []);
  },

  'finds what a summary stands for': async (store) => {
    await store.append('s', [says('the code is 4711'), says('thanks')]);
    await store.replace('s', { from: 1, to: 2 }, says('a code was told', { id: 'sum' }));
    assert.equal((await store.search('4711'))[0]?.replacedBy, 'sum');
  },

  'finds the oldest and the newest of many': async (store) => {
    await store.append('other', says('there is one here, too'));
    for (let i = 0; i < 700; ) {
      const texts = i % 100 === 0 ? [`message number${i}`, `message number${i + 1}`] : [`message number${i}`];
      await store.append(
        's',
        texts.map((text) => says(text)),
      );
      i += texts.length;
      if (i % 50 > 1) continue;
      const found = textsOf(await store.search(`number${i - 1}`));
      assert.deepEqual(found, [`message number${i - 1}`]);
    }
    assert.deepEqual(textsOf(await store.search('NUMBER0')), ['message number0']);
    assert.deepEqual(textsOf(await store.search('one here', { sessionId: 's' })), []);
    assert.equal((await store.search('message', { limit: 1_000 })).length >= 300, true);
    await store.clear('s');
    assert.deepEqual(await store.search('message'), []);
    await store.append('s', says('number0 again'));
    assert.deepEqual(textsOf(await store.search('number0')), ['number0 again']);
  },

  'finds a small message among large ones': async (store) => {
    await store.append('s', says('the needle'));
    for (let i = 0; i < 15; i++) await store.append('s', says(`hay ${'stack '.repeat(20_000)}`));
    assert.deepEqual(textsOf(await store.search('needle')), ['the needle']);
    assert.equal((await store.search('hay')).length > 5, true);
  },

  'has no query language': async (store) => {
    await store.append('s', says('quoted "text" and NEAR session text'));
    for (const query of [
      '"',
      '""',
      "'; DROP TABLE messages; --",
      'text:',
      'session : s1',
      'NEAR(a b)',
      'AND OR NOT',
      '(((',
      '*',
      'a* -b +c ^d',
      '{a b} : c',
      '\0',
      '',
      '   ',
      '\ud83d',
      '🦉',
      '[@x:{1|2}]',
      'word '.repeat(100_000),
      Array.from({ length: 5_000 }, (_, i) => `w${i}`).join(' '),
    ])
      assert.ok(Array.isArray(await store.search(query, { match: 'any' })), query.slice(0, 40));
    assert.equal((await store.search('text: NEAR(session)')).length, 1);
    assert.deepEqual(await store.search('s1'), []);
  },
};
