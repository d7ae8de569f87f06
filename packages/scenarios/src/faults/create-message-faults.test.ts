import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageFaults, type MessageFaultsOptions, type MessagePlace } from '../index.ts';

const all = { drop: 0.1, duplicate: 0.2, reorder: 0.15, delay: 0.05 };
const places = (count: number): MessagePlace[] =>
  Array.from({ length: count }, (_, i) => ({
    from: `a${i % 5}`,
    to: `b${i % 7}`,
    n: 1 + Math.floor(i / 35),
  }));

describe('createMessageFaults', () => {
  it('gives each fate as often as it was told to', () => {
    const { fateOf } = createMessageFaults({ seed: 1, ...all });
    const fates = Object.groupBy(places(20_000).map(fateOf), ({ type }) => type);
    for (const [type, rate] of Object.entries({ ...all, deliver: 0.5 })) {
      const count = fates[type as keyof typeof fates]?.length ?? 0;
      expect([type, Math.abs(count / 20_000 - rate) < 0.015]).toEqual([type, true]);
    }
    const turns = new Set(fates.delay?.map((fate) => (fate.type === 'delay' ? fate.turns : 0)));
    expect([...turns].toSorted()).toEqual([1, 2, 3]);
  });

  it('decides by seed, sender, recipient and number, in whatever order it is asked', () => {
    const messages = places(200);
    const fates = (order: readonly MessagePlace[], seed: number | string) => {
      const { fateOf } = createMessageFaults({ seed, ...all });
      return new Map(order.map((place) => [JSON.stringify(place), fateOf(place)]));
    };
    const first = fates(messages, 7);
    fc.assert(
      fc.property(fc.shuffledSubarray(messages, { minLength: messages.length }), (order) => {
        for (const [place, fate] of fates(order, 7)) expect(fate).toEqual(first.get(place));
      }),
      { numRuns: 20 },
    );
    expect(fates(messages, 8)).not.toEqual(first);
    expect(fates(messages, '7')).not.toEqual(first);
  });

  it('spares what it was told to, and delivers everything by default', () => {
    const only = ({ to }: MessagePlace) => to === 'b1';
    const { fateOf } = createMessageFaults({ seed: 1, drop: 1, only });
    for (const place of places(100)) expect(fateOf(place).type).toBe(place.to === 'b1' ? 'drop' : 'deliver');
    const calm = createMessageFaults({ seed: 1 });
    expect(places(100).every((place) => calm.fateOf(place).type === 'deliver')).toBe(true);
  });

  it('takes rates that make 1, and refuses what is none', () => {
    const { fateOf } = createMessageFaults({
      seed: 'x',
      drop: 0.1,
      duplicate: 0.2,
      reorder: 0.3,
      delay: 0.4,
    });
    expect(places(1_000).filter((place) => fateOf(place).type === 'deliver')).toEqual([]);
    const wrong: Partial<Record<keyof MessageFaultsOptions, unknown>>[] = [
      { seed: undefined },
      { seed: Number.NaN },
      { drop: -0.1 },
      { delay: 1.1 },
      { reorder: '0.1' },
      { duplicate: Number.NaN },
      { drop: 0.6, delay: 0.6 },
      { maxDelayTurns: 0 },
      { maxDelayTurns: Number.POSITIVE_INFINITY },
      { only: true },
    ];
    for (const options of wrong)
      expect(() => createMessageFaults({ seed: 1, ...options } as MessageFaultsOptions)).toThrow(
        expect.objectContaining({ code: 'invalid_scenario' }),
      );
  });
});
