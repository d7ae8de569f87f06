import { describe, expect, it } from 'vitest';
import { type PruneCandidate, type PruneRule, planPrune } from './plan-prune.ts';

const DAY = 86_400_000;
const run = (id: string, daysOld: number, more: Partial<PruneCandidate> = {}): PruneCandidate => ({
  id,
  writtenAt: -daysOld * DAY,
  bytes: 100,
  running: false,
  ...more,
});
const removed = (runs: PruneCandidate[], rule: PruneRule) =>
  planPrune(runs, rule, 0).remove.map(({ id }) => id);

describe('planPrune', () => {
  const runs = [run('old', 40), run('new', 1), run('older', 50), run('middle', 20)];

  it.each([
    ['by age', { olderThanMs: 30 * DAY }, ['old', 'older']],
    ['by number', { keep: 3 }, ['older']],
    ['all of them', { keep: 0 }, ['new', 'middle', 'old', 'older']],
    ['by size, the oldest first', { maxBytes: 250 }, ['old', 'older']],
    ['by whichever says so', { keep: 3, maxBytes: 100 }, ['middle', 'old', 'older']],
    ['nothing when there is room', { maxBytes: 400, keep: 4 }, []],
  ])('removes %s', (_, rule, expected) => {
    expect(removed(runs, rule)).toEqual(expected);
  });

  it('never removes a run that goes on, and counts it', () => {
    const busy = [run('running', 90, { running: true, bytes: 1_000 }), run('done', 1)];
    expect(removed(busy, { olderThanMs: 0, keep: 0 })).toEqual(['done']);
    expect(removed(busy, { maxBytes: 1_000 })).toEqual(['done']);
  });

  it('loses none', () => {
    const { remove, keep } = planPrune(runs, { keep: 2 }, 0);
    expect([...keep, ...remove]).toHaveLength(runs.length);
  });
});
