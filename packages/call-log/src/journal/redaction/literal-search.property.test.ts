import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LiteralSearch } from './literal-search.ts';

// Few letters, so that literals overlap, repeat and begin like each other; one beyond Latin, whose pairs collide.
const letters = fc.constantFrom('a', 'b', 'č', ' ');
const literal = fc.string({ unit: letters, minLength: 2, maxLength: 6 });
const literals = fc.array(literal, { minLength: 1, maxLength: 6 });
const text = fc.string({ unit: letters, maxLength: 60 });

it('finds the longest literal at every place where one stands, and nothing else', () => {
  fc.assert(
    fc.property(literals, text, (list, given) => {
      const found: [number, number][] = [];
      new LiteralSearch(list).each(given, (start, end) => found.push([start, end]));
      const expected = Array.from(given, (_, i) => i).flatMap((i) => {
        const lengths = list.filter((one) => given.startsWith(one, i)).map(({ length }) => length);
        return lengths.length === 0 ? [] : [[i, i + Math.max(...lengths)]];
      });
      expect(found).toEqual(expected);
    }),
  );
});

it('knows where the beginning of a literal stands at the end', () => {
  fc.assert(
    fc.property(literals, text, fc.integer({ min: 1, max: 4 }), (list, given, least) => {
      const isBeginning = (end: string) =>
        end.length >= least && list.some((one) => one.length > end.length && one.startsWith(end));
      const starts = Array.from(given, (_, i) => i).filter((i) => isBeginning(given.slice(i)));
      expect(new LiteralSearch(list).openEnd(given, least)).toBe(starts[0] ?? given.length);
    }),
  );
});

it('finds nothing when there is nothing to find', () => {
  const none = new LiteralSearch([]);
  none.each('some text', () => expect.unreachable());
  expect(none.openEnd('some text', 1)).toBe(9);
});
