import fc from 'fast-check';
import { expect, it } from 'vitest';
import { panWindow, zoomWindow } from './move-window.ts';

const END = 10_000;
const windows = fc
  .tuple(fc.integer({ min: 0, max: END - 10 }), fc.integer({ min: 2, max: END }))
  .map(([start, length]) => ({ start, end: Math.min(END, start + length) }));

it('stays inside the run and keeps its length when it is moved', () => {
  fc.assert(
    fc.property(windows, fc.integer({ min: -20_000, max: 20_000 }), (before, by) => {
      const after = panWindow(before, by, END);
      expect(after.start).toBeGreaterThanOrEqual(0);
      expect(after.end).toBeLessThanOrEqual(END);
      expect(after.end - after.start).toBeCloseTo(before.end - before.start);
    }),
  );
});

it('keeps what is under the pointer where it is, away from the ends', () => {
  const after = zoomWindow({ start: 4000, end: 6000 }, 0.5, 4500, END);
  expect((4500 - after.start) / (after.end - after.start)).toBeCloseTo(0.25);
  expect(after.end - after.start).toBeCloseTo(1000);
});

it('is never longer than the run nor without length', () => {
  fc.assert(
    fc.property(windows, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (before, factor) => {
      const after = zoomWindow(before, factor, before.start, END);
      expect(after.start).toBeGreaterThanOrEqual(0);
      expect(after.end).toBeLessThanOrEqual(END);
      expect(after.end).toBeGreaterThan(after.start);
    }),
  );
});
