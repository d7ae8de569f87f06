import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../test/helpers.ts';
import { journalLines, runEvents } from '../../test/random-run.ts';
import { randomTree } from '../../test/random-tree.ts';
import { fromOtlp } from './from-otlp.ts';
import type { OtlpRequest } from './otlp-json.ts';
import { toOtlp } from './to-otlp.ts';

/** Through a file. */
const written = (request: OtlpRequest): OtlpRequest => JSON.parse(JSON.stringify(request)) as OtlpRequest;

describe('a tree comes back from its spans, equal in every field', () => {
  it('of any journal, whole or damaged', async () => {
    const lines = fc
      .tuple(runEvents, fc.infiniteStream(fc.constantFrom(0, 1, 1, 1, 1, 2)))
      .map(([events, copies]) =>
        journalLines(events).flatMap((line) => Array.from({ length: copies.next().value ?? 1 }, () => line)),
      );
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), async (journal, alive) => {
        const tree = foldText(journal.join(''), alive);
        expect(await fromOtlp(written(toOtlp(tree)))).toEqual([tree]);
      }),
      { numRuns: 300 },
    );
  });

  it('of anything that is a tree by the schema, in whichever order and number the spans come', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomTree,
        fc.constantFrom('all', 'new'),
        fc.infiniteStream(fc.nat()),
        async (tree, messages, random) => {
          const request = written(toOtlp(tree, { messages }));
          for (const { spans } of request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans)) {
            const order = new Map(spans.map((span) => [span, random.next().value]));
            spans.push(...spans.slice(0, 2));
            spans.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
          }
          expect(await fromOtlp([request, written(request)])).toEqual([tree]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('always as the same spans', () => {
    fc.assert(
      fc.property(randomTree, (tree) => {
        expect(JSON.stringify(toOtlp(tree))).toBe(JSON.stringify(toOtlp(tree)));
      }),
      { numRuns: 50 },
    );
  });
});
