import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleRows } from './visible-rows.ts';

it('are few, and cover whatever can be seen', () => {
  const input = [fc.nat(100_000), fc.integer({ min: 10, max: 60 }), fc.nat(4_000_000), fc.nat(2000)] as const;
  fc.assert(
    fc.property(...input, (count, rowHeight, top, height) => {
      const { first, end } = visibleRows(count, rowHeight, top, height);
      expect(end - first).toBeLessThanOrEqual(height / rowHeight + 27);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(count);
      for (const y of [top, top + height]) {
        const row = Math.floor(y / rowHeight);
        if (row < count) expect(row >= first && row < end + 1).toBe(true);
      }
    }),
  );
});
