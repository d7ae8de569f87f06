import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTracks } from './tracks.ts';

const intervals = fc
  .array(fc.record({ start: fc.nat(100), length: fc.nat(30) }), { maxLength: 40 })
  .map((list) =>
    list.map(({ start, length }) => ({ start, end: start + length })).sort((a, b) => a.start - b.start),
  );

it('never lets two overlap on a track as long as there are tracks', () => {
  fc.assert(
    fc.property(intervals, (list) => {
      const { tracks, count } = packTracks(list, 100);
      list.forEach((a, i) => {
        list.slice(i + 1).forEach((b, j) => {
          if (tracks[i] === tracks[i + 1 + j]) expect(b.start).toBeGreaterThanOrEqual(a.end);
        });
      });
      expect(count).toBe(Math.max(0, ...tracks) + 1);
    }),
  );
});

it('uses no more tracks than it may', () => {
  fc.assert(
    fc.property(intervals, fc.integer({ min: 1, max: 4 }), (list, most) => {
      const { tracks, count } = packTracks(list, most);
      expect(count).toBeLessThanOrEqual(most);
      expect(tracks).toHaveLength(list.length);
    }),
  );
});
