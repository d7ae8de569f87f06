import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../test/helpers.ts';
import { agents, interleave, journalLines, picks, runEvents } from '../../test/random-run.ts';
import { JournalFold } from '../reader/journal-fold.ts';
import { type RunTree, runTreeSchema, type Totals } from '../schema/tree.ts';
import { canonicalTree } from './canonical-tree.ts';

const byId = (tree: RunTree) => tree.agents.toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe('the fold', () => {
  it('gives every agent the same calls, however their records are interleaved', () => {
    fc.assert(
      fc.property(agents, picks, (perAgent, order) => {
        const inTurn = foldText(journalLines(perAgent.flat()).join(''));
        const mixed = foldText(journalLines(interleave(perAgent, order)).join(''));
        expect(byId(mixed)).toEqual(byId(inTurn));
        expect(mixed.run.totals).toEqual(inTurn.run.totals);
        expect(mixed.orphans).toEqual([]);
        expect(canonicalTree(mixed)).toEqual(canonicalTree(inTurn));
      }),
      { numRuns: 100 },
    );
  });

  it('makes a valid tree of any beginning of a journal, cut at any byte', () => {
    fc.assert(
      fc.property(
        runEvents,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (events, at, alive) => {
          const whole = Buffer.from(journalLines(events).join(''));
          const tree = foldText(whole.subarray(0, Math.round(at * whole.length)), alive);
          expect(runTreeSchema.safeParse(tree).error).toBeUndefined();
          expect(tree.audit.damaged_lines).toBeLessThanOrEqual(1);
          expect(tree.orphans).toEqual([]);
          if (!alive) expect(JSON.stringify(tree)).not.toContain('"status":"open"');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('adds the totals up from their parts', () => {
    fc.assert(
      fc.property(runEvents, (events) => {
        const tree = foldText(journalLines(events).join(''));
        const sum = (field: keyof Totals) =>
          tree.agents.reduce((total, { totals }) => total + (totals[field] ?? 0), 0);
        const calls = tree.agents.flatMap((agent) => agent.calls);
        for (const field of [
          'calls',
          'attempts',
          'errors',
          'input_tokens',
          'output_tokens',
          'unpriced_calls',
        ] as const)
          expect(tree.run.totals[field]).toBe(sum(field));
        expect(tree.run.totals.cost_usd ?? 0).toBe(sum('cost_usd'));
        expect(tree.run.totals).toMatchObject({
          calls: calls.length,
          attempts: calls.flatMap(({ attempts }) => attempts).length,
          input_tokens: calls
            .filter(({ post }) => !post?.cached)
            .reduce((total, { usage }) => total + (usage?.input_tokens ?? 0), 0),
        });
        // Unknown is not 0: without a single price there is no cost.
        expect(tree.run.totals.cost_usd === undefined).toBe(
          calls.every(({ cost_usd }) => cost_usd === undefined),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('does not care in which chunks the bytes come', () => {
    fc.assert(
      fc.property(
        runEvents,
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
        (events, sizes) => {
          const whole = Buffer.from(journalLines(events).join(''));
          const fold = new JournalFold();
          for (let from = 0, i = 0; from < whole.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            // The caller's buffer is its own again afterwards.
            const chunk = Buffer.from(whole.subarray(from, from + size));
            fold.push(chunk);
            chunk.fill(0);
            from += size;
          }
          fold.end();
          expect(fold.run.tree({ alive: false })).toEqual(foldText(whole));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes every second ending for an orphan', () => {
    fc.assert(
      fc.property(runEvents, (events) => {
        const lines = journalLines(events);
        const endings = lines.filter((text) => /"type":"(?:call|attempt|tool)\.end"/.test(text));
        const once = foldText(lines.join(''));
        const twice = foldText([...lines, ...endings].join(''));
        expect(twice.agents).toEqual(once.agents);
        expect(twice.orphans).toEqual(endings.map((text) => JSON.parse(text)));
      }),
      { numRuns: 50 },
    );
  });

  it('passes over what it does not know, and counts what is damaged', () => {
    const noise = fc.oneof(
      fc
        .constantFrom('{"type":"from.the.future","seq":1}', '', '{"seq":1,"at":"t","type":"x"}')
        .map((text) => ({ text, damaged: 0 })),
      fc
        .oneof(
          fc.constantFrom(
            '{',
            'null',
            '7',
            '[]',
            '{"type":7}',
            '{"seq":3,"type":"call.st',
            '{"type":"call.end"}',
            '\0\0\0',
          ),
          fc.string().map((text) => `}${text.replaceAll('\n', '')}`),
        )
        .map((text) => ({ text, damaged: 1 })),
    );
    fc.assert(
      fc.property(runEvents, fc.array(fc.tuple(fc.nat(), noise), { maxLength: 10 }), (events, noises) => {
        const lines = journalLines(events);
        const mixed = [...lines];
        for (const [at, { text }] of noises) mixed.splice(at % (mixed.length + 1), 0, `${text}\n`);
        const { audit, ...tree } = foldText(mixed.join(''));
        const { audit: _, ...clean } = foldText(lines.join(''));
        expect(tree).toEqual(clean);
        expect(audit.damaged_lines).toBe(noises.reduce((sum, [, { damaged }]) => sum + damaged, 0));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps every whole record around a damaged one', () => {
    fc.assert(
      fc.property(runEvents, fc.nat(), fc.nat(), (events, which, byte) => {
        const lines = journalLines(events);
        const at = which % lines.length;
        const hurt = Buffer.from(lines[at] ?? '');
        hurt[byte % (hurt.length - 1)] = 0;
        const damaged = Buffer.concat(lines.map((text, i) => (i === at ? hurt : Buffer.from(text))));
        const { audit } = foldText(damaged);
        expect(audit.events).toBe(lines.length - 1);
        expect(audit.damaged_lines).toBe(1);
      }),
      { numRuns: 100 },
    );
  });
});
