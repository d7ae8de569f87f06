import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdIndex } from './id-index.ts';

it('finds what a map finds', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 200 }), fc.array(fc.string()), (ids, others) => {
      const index = new IdIndex((position) => ids[position] ?? '');
      const map = new Map<string, number>();
      ids.forEach((id, position) => {
        expect(index.get(id)).toBeUndefined();
        index.add(id, position);
        map.set(id, position);
      });
      for (const id of [...ids, ...others]) expect(index.get(id)).toBe(map.get(id));
    }),
  );
});

it('asks for hardly an id that it does not have', () => {
  let asked = 0;
  const ids = Array.from({ length: 100_000 }, (_, i) => `call_${i}`);
  const index = new IdIndex((position) => {
    asked++;
    return ids[position] ?? '';
  });
  ids.forEach((id, position) => {
    if (index.get(id) === undefined) index.add(id, position);
  });
  // Two of 100,000 numbers below 2^32 are equal about once.
  expect(asked).toBeLessThan(30);
});
