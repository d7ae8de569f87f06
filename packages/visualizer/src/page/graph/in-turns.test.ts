import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTurns } from './in-turns.ts';

let frames: (() => void)[] = [];
beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.splice(id - 1, 1));
});
afterEach(() => vi.unstubAllGlobals());

describe('inTurns', () => {
  it('does a few in each frame, goes on where it was, and ends', () => {
    const done: number[] = [];
    const turns = inTurns(60, (place) => done.push(place) > 0);
    turns.start();
    const after: number[] = [];
    for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) {
      frame();
      after.push(done.length);
    }
    expect(after).toEqual([24, 48, 60]);
    expect(done).toEqual(Array.from({ length: 60 }, (_, place) => place));
    turns.start();
    frames.shift()?.();
    turns.start();
    expect(frames).toHaveLength(1);
    turns.stop();
    expect(frames).toHaveLength(0);
  });

  it('looks at all of them at once where there is nothing to do', () => {
    let looked = 0;
    inTurns(10_000, () => {
      looked++;
      return false;
    }).start();
    frames.shift()?.();
    expect([looked, frames.length]).toEqual([10_000, 0]);
    inTurns(0, () => true).start();
    expect(frames).toHaveLength(0);
  });
});
