import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { from, type Moment, maxTurns, predicate, type StopCondition, textMention } from '../index.ts';

type Formula = { leaf: number } | { and: readonly [Formula, Formula] } | { or: readonly [Formula, Formula] };

const leaves: readonly { condition: StopCondition; holds: (moment: Moment) => boolean }[] = [
  { condition: maxTurns(4), holds: ({ turns }) => turns >= 4 },
  { condition: textMention('x'), holds: ({ last }) => last?.content === 'x' },
  { condition: from('b'), holds: ({ last }) => last?.from === 'b' },
  { condition: predicate(({ messages }) => messages % 3 === 2), holds: ({ messages }) => messages % 3 === 2 },
];

const formula = fc.letrec<{ node: Formula }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.record({ leaf: fc.nat(leaves.length - 1) }),
    fc.record({ and: fc.tuple(tie('node'), tie('node')) }),
    fc.record({ or: fc.tuple(tie('node'), tie('node')) }),
  ),
})).node;

const moments = fc
  .array(
    fc.record({
      messages: fc.nat(6),
      from: fc.constantFrom('a', 'b', 'c'),
      content: fc.constantFrom('x', 'y', 'z'),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(
      ({ messages, ...last }, turns): Moment => ({
        turns,
        messages,
        usage: undefined,
        costUsd: undefined,
        elapsedMs: 0,
        last,
      }),
    ),
  );

function toCondition(node: Formula): StopCondition {
  if ('leaf' in node) return leaves[node.leaf]?.condition ?? maxTurns(1);
  if ('and' in node) return toCondition(node.and[0]).and(toCondition(node.and[1]));
  return toCondition(node.or[0]).or(toCondition(node.or[1]));
}

/** Said again: the first moment by which it has been true. */
function firstTrue(node: Formula, all: readonly Moment[]): number {
  if ('leaf' in node) {
    const at = all.findIndex((moment) => leaves[node.leaf]?.holds(moment));
    return at === -1 ? Number.POSITIVE_INFINITY : at;
  }
  if ('and' in node) return Math.max(firstTrue(node.and[0], all), firstTrue(node.and[1], all));
  return Math.min(firstTrue(node.or[0], all), firstTrue(node.or[1], all));
}

describe('and, or', () => {
  it('are what logic says, and a verdict stays', () => {
    fc.assert(
      fc.property(formula, moments, (node, all) => {
        const state = toCondition(node).begin({ now: () => 0 });
        const verdicts = all.map((moment) => state.check(moment));
        const first = firstTrue(node, all);
        expect(verdicts.map((verdict) => verdict !== undefined)).toEqual(all.map((_, i) => i >= first));
        expect(new Set(verdicts.filter((verdict) => verdict !== undefined)).size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it('do not depend on the order of what is joined, but for the reason', () => {
    fc.assert(
      fc.property(formula, formula, moments, fc.constantFrom('and', 'or'), (a, b, all, join) => {
        const verdicts = [
          [a, b],
          [b, a],
        ].map(([x, y]) => {
          if (x === undefined || y === undefined) return undefined;
          const state = toCondition(x)
            [join](toCondition(y))
            .begin({ now: () => 0 });
          return all.map((moment) =>
            state
              .check(moment)
              ?.causes.map(({ detail }) => detail)
              .toSorted(),
          );
        });
        expect(verdicts[0]).toEqual(verdicts[1]);
      }),
    );
  });
});
