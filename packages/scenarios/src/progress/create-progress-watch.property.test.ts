import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProgressWatch, type TurnRecord } from '../index.ts';

const who = fc.constantFrom('a', 'b', 'c');
const turn: fc.Arbitrary<TurnRecord> = fc.record({
  from: who,
  to: fc.option(who, { nil: undefined }),
  content: fc.string(),
  toolRuns: fc.array(
    fc.record({ name: fc.constantFrom('x', 'y'), arguments: fc.jsonValue(), content: fc.string() }),
    { maxLength: 2 },
  ),
});

describe('a progress watch', () => {
  it('says nothing to a conversation in which nothing comes twice', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 40 }), (turns) => {
        const { see } = createProgressWatch();
        // The number makes each of them new, whatever else it says.
        const verdicts = turns.map((each, i) =>
          see({ ...each, from: `${each.from}${i}`, content: `${each.content} ${i}` }),
        );
        expect(verdicts.filter((verdict) => verdict !== undefined)).toEqual([]);
      }),
    );
  });

  it('never stops what it has not nudged, nor before three times through', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 80 }), (letters) => {
        const { see } = createProgressWatch();
        const turns = letters.map((n): TurnRecord => ({ from: 'a', content: `say ${n}` }));
        const nudged = new Set<string>();
        turns.forEach((each, i) => {
          const verdict = see(each);
          if (verdict === undefined) return;
          const { repeats, times } = verdict;
          const key = repeats.toSorted().join();
          if (verdict.type === 'nudge') nudged.add(key);
          else {
            expect(nudged.has(key)).toBe(true);
            expect(times).toBeGreaterThanOrEqual(3);
          }
          // What it says has been gone through has been.
          const said = turns.slice(i + 1 - times * repeats.length, i + 1).map(({ content }) => content);
          const cycle = said.slice(-repeats.length);
          expect(said).toEqual(Array.from({ length: times }, () => cycle).flat());
        });
      }),
      { numRuns: 300 },
    );
  });

  it('stops every cycle that fits, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 20 }), fc.integer({ min: 1, max: 12 }), (before, length) => {
        const { see } = createProgressWatch();
        for (const each of before) see(each);
        const cycle = Array.from({ length }, (_, n): TurnRecord => ({ from: 'a', content: `line ${n}` }));
        const types = Array.from({ length: 6 }, () => cycle)
          .flat()
          .map((each) => see(each)?.type)
          .filter((type) => type !== undefined);
        expect(types.indexOf('stop')).toBeGreaterThan(types.indexOf('nudge'));
      }),
    );
  });
});
