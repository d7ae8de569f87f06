import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalLines, runEvents } from '../../test/random-run.ts';
import { recordedEventSchema } from '../schema/events.ts';
import { type Check, quickCheck } from './quick-check.ts';

const checks = new Map<string, Check>(
  recordedEventSchema.options.map((option) => [option.shape.type.value, quickCheck(option)]),
);
const quick = (record: { type: string }) => checks.get(record.type)?.(record) ?? false;

type Fields = { [field: string]: unknown };

/** Replaces the value at a random place of a record. */
function damage(record: Fields, places: readonly number[], wrong: unknown): void {
  let holder: Fields = record;
  for (const place of places) {
    const keys = Object.keys(holder);
    const key = keys[place % Math.max(1, keys.length)];
    if (key === undefined) return;
    const child = holder[key];
    if (typeof child !== 'object' || child === null || place % 3 === 0) {
      holder[key] = wrong;
      return;
    }
    holder = child as Fields;
  }
}

describe('the quick check', () => {
  it('takes what the log writes', () => {
    fc.assert(
      fc.property(runEvents, (events) => {
        for (const line of journalLines(events)) expect(quick(JSON.parse(line))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('never takes what the schema refuses', () => {
    let refused = 0;
    const places = fc.array(fc.nat(20), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(runEvents, places, fc.jsonValue(), (events, at, wrong) => {
        for (const line of journalLines(events)) {
          const record = JSON.parse(line);
          damage(record, at, wrong);
          const valid = recordedEventSchema.safeParse(record).success;
          if (!valid) refused++;
          if (!valid && typeof record.type === 'string') expect(quick(record)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
