import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatView, GRAPH_VIEWS, LIST_VIEWS, parseView, TABLE_VIEWS } from './view.ts';

it('comes back from the hash as it went in, whatever the ids are', () => {
  // A URL cannot hold half a surrogate pair, so that such an id cannot be linked to.
  const id = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('__proto__', 'a&call=b', '#', '%', 'a b+c'),
  );
  const time = fc.nat();
  const view = fc.record(
    {
      run: id,
      agent: id,
      call: id,
      message: id,
      q: id,
      from: time,
      to: time,
      at: time,
      graph: fc.constantFrom(...GRAPH_VIEWS),
      list: fc.constantFrom(...LIST_VIEWS),
      table: fc.constantFrom(...TABLE_VIEWS),
      diff: fc.constant(true),
      path: fc.constant(true),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(view, (wanted) => {
      expect(parseView(formatView(wanted))).toEqual({ ...wanted });
    }),
  );
});

it('ignores what it does not know and what cannot be', () => {
  expect(parseView('#at=soon&from=Infinity&graph=pie&list=__proto__&table=chair&x=1')).toEqual({});
});
