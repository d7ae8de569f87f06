import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordedEvent } from '../schema/events.ts';
import { mergeSegments } from './merge-segments.ts';

/** Records of one segment: calls, each possibly made for a call of an earlier segment, at times of a clock of its own. */
const segments = fc
  .array(fc.array(fc.record({ parent: fc.nat(20), clock: fc.nat(50) }), { maxLength: 8 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((all) =>
    all.map((calls, segment) =>
      calls.map(({ parent, clock }, i): RecordedEvent => {
        const above = all[segment - 1] ?? [];
        return {
          seq: i,
          at: new Date(clock).toISOString(),
          type: 'call.start',
          call_id: `${segment}-${i}`,
          ...(above.length > 0 && { parent_call_id: `${segment - 1}-${parent % above.length}` }),
          agent_id: 'a',
          agent_source: 'explicit',
          operation: 'chat',
          provider: 'p',
          model: 'm',
          messages: [],
        };
      }),
    ),
  );

it('keeps every record, the order within segments, and causes before effects, whatever the clocks say', () => {
  fc.assert(
    fc.property(segments, (given) => {
      const merged = [...mergeSegments(given)];
      expect(merged).toHaveLength(given.flat().length);
      given.forEach((records, index) => {
        expect(merged.filter(({ segment }) => segment === index).map(({ event }) => event)).toEqual(records);
      });
      const seen = new Set<string>();
      for (const { event } of merged) {
        if (event.type !== 'call.start') continue;
        if (event.parent_call_id !== undefined) expect(seen).toContain(event.parent_call_id);
        seen.add(event.call_id);
      }
    }),
    { numRuns: 300 },
  );
});

it('goes by time where nothing was caused', () => {
  const at = (ms: number, type: 'run.end' | 'audit') =>
    ({ seq: 0, at: new Date(ms).toISOString(), type }) as RecordedEvent;
  const merged = [
    ...mergeSegments([
      [at(1, 'audit'), at(5, 'run.end')],
      [at(2, 'audit'), at(3, 'run.end')],
    ]),
  ];
  expect(merged.map(({ event }) => event.at.slice(-4, -1))).toEqual(['001', '002', '003', '005']);
});

it('does not wait for a cause that is nowhere', () => {
  const lost = { type: 'call.start', call_id: 'b', parent_call_id: 'lost', at: '', seq: 0 } as RecordedEvent;
  expect([...mergeSegments([[lost]])]).toHaveLength(1);
});

it('reads those that have owned the run one after the other, whatever their clocks say', () => {
  const at = (ms: number, seq: number) =>
    ({ seq, at: new Date(ms).toISOString(), type: 'audit' }) as RecordedEvent;
  const segments = [
    [at(50, 0), at(60, 1)],
    [at(1, 2), at(70, 3)],
    [at(55, 4), at(65, 5)],
  ];
  const merged = [...mergeSegments(segments, 2)];
  expect(merged.map(({ event }) => event.seq)).toEqual([0, 4, 1, 2, 5, 3]);
  expect(merged.map(({ segment }) => segment)).toEqual([0, 2, 0, 1, 2, 1]);
});
