import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scripted } from '../../test/patterns-support.ts';
import { runJobs } from './run-jobs.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('runJobs', () => {
  it('does no more at the same time than it may, and gives all results in the order of the row', async () => {
    let running = 0;
    let most = 0;
    const jobs = Array.from({ length: 9 }, (_, i) => ({
      agents: [],
      async run() {
        most = Math.max(most, ++running);
        await soon();
        running--;
        if (i === 4) throw new Error('four');
        return i;
      },
    }));
    const results = await runJobs(jobs, 3);
    expect(most).toBe(3);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
      0,
      1,
      2,
      3,
      'failed',
      5,
      6,
      7,
      8,
    ]);
  });

  it('keeps the order of jobs that share an agent, and of those that wait for others, however long each takes', async () => {
    const agents = ['a', 'b', 'c'].map((id) => scripted(id, ''));
    const job = fc.record({ who: fc.subarray([0, 1, 2]), after: fc.nat(5), takes: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(job, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (given, limit) => {
          const begun: number[] = [];
          const over = new Set<number>();
          const jobs = given.map(({ who, after, takes }, i) => ({
            agents: who.map((each) => agents[each] ?? scripted('?', '')),
            after: i > after ? [i - after - 1] : [],
            async run() {
              begun.push(i);
              const before = given
                .slice(0, i)
                .flatMap((other, j) => (other.who.some((each) => who.includes(each)) ? [j] : []));
              for (const j of [...before, ...(i > after ? [i - after - 1] : [])])
                expect(over.has(j)).toBe(true);
              for (let ticks = 0; ticks < takes; ticks++) await soon();
              over.add(i);
            },
          }));
          const results = await runJobs(jobs, limit);
          expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
          expect(begun.toSorted((a, b) => a - b)).toEqual(given.map((_, i) => i));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('does 20,000 jobs of one agent in a moment', async () => {
    const agents = [scripted('a', '')];
    const jobs = Array.from({ length: 20_000 }, (_, i) => ({ agents, run: async () => i }));
    expect((await runJobs(jobs)).length).toBe(20_000);
  });
});
