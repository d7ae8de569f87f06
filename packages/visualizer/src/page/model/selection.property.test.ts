import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatSelection, parseSelection } from './selection.ts';

it('comes back from the hash as it went in, whatever the ids are', () => {
  // A URL cannot hold half a surrogate pair, so that such an id cannot be linked to.
  const id = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('__proto__', 'a&call=b', '#', '%', 'a b+c'),
  );
  fc.assert(
    fc.property(fc.record({ agent: id, call: id, message: id }, { requiredKeys: [] }), (selection) => {
      expect(parseSelection(formatSelection(selection))).toEqual({ ...selection });
    }),
  );
});
