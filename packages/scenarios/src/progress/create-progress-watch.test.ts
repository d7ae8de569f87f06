import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseConversation } from '@pd/call-log/conversation';
import { describe, expect, it } from 'vitest';
import {
  createProgressWatch,
  type ProgressVerdict,
  type ProgressWatchOptions,
  type TurnRecord,
} from '../index.ts';
import { type LoopCase, say, times, use } from './cases/labelled-case.ts';
import { legitimatePolling } from './cases/legitimate-polling.ts';
import { legitimateTalk } from './cases/legitimate-talk.ts';
import { legitimateWork } from './cases/legitimate-work.ts';
import { loopsOfMessages } from './cases/loops-of-messages.ts';
import { loopsOfMore } from './cases/loops-of-more.ts';
import { loopsOfTools } from './cases/loops-of-tools.ts';
import { loopsOfTwo } from './cases/loops-of-two.ts';

const loops = [...loopsOfTools, ...loopsOfMessages, ...loopsOfTwo, ...loopsOfMore];
const legitimate = [...legitimatePolling, ...legitimateWork, ...legitimateTalk];

function watch(
  turns: readonly TurnRecord[],
  options?: ProgressWatchOptions,
): (ProgressVerdict | undefined)[] {
  const { see } = createProgressWatch(options);
  return turns.map((turn) => see(turn));
}

/** Times through the cycle by which a verdict of this type came. */
function caughtAfter({ before = [], cycle }: LoopCase, type: ProgressVerdict['type']): number {
  const { see } = createProgressWatch();
  for (const turn of before) see(turn);
  for (let time = 0; time < 10; time++)
    if (cycle(time).some((turn) => see(turn)?.type === type)) return time + 1;
  return Number.POSITIVE_INFINITY;
}

describe('the labelled set', () => {
  it('has at least 60 of each, all named differently', () => {
    expect(loops.length).toBeGreaterThanOrEqual(60);
    expect(legitimate.length).toBeGreaterThanOrEqual(60);
    expect(new Set([...loops, ...legitimate].map(({ name }) => name)).size).toBe(
      loops.length + legitimate.length,
    );
  });

  it.each(legitimate)('does not stop: $name', ({ turns }) => {
    expect(watch(turns).filter((verdict) => verdict?.type === 'stop')).toEqual([]);
  });

  it('catches 95 of 100 loops: nudged within two cycles after the first, stopped within two after that', () => {
    const missed = loops.filter((loop) => {
      const nudged = caughtAfter(loop, 'nudge');
      return nudged > 3 || caughtAfter(loop, 'stop') > nudged + 2;
    });
    expect(missed.map(({ name }) => name)).toEqual(['a refusal in other words', 'two who praise each other']);
    expect(missed.length / loops.length).toBeLessThanOrEqual(0.05);
  });

  it('names what goes round', () => {
    for (const loop of loops) {
      const turns = [...(loop.before ?? []), ...times(8, loop.cycle)];
      const verdict = watch(turns).find((each) => each?.type === 'stop');
      if (verdict !== undefined) expect([loop.name, verdict.reason]).toEqual([loop.name, loop.reason]);
    }
  });
});

describe('createProgressWatch', () => {
  const [search] = [use('a>b', 'search', { q: 'x' }, 'none')];

  it('nudges once, then stops, and says what repeats', () => {
    const verdicts = watch(times(6, () => [search]));
    expect(verdicts.map((verdict) => verdict?.type)).toEqual([
      undefined,
      undefined,
      'nudge',
      undefined,
      'stop',
      'stop',
    ]);
    expect(verdicts[2]).toMatchObject({
      reason: 'repeated_tool_call',
      times: 3,
      repeats: ['a → b: search({"q":"x"})'],
    });
    expect(verdicts[2]?.text).toContain('search({"q":"x"})');
  });

  it('forgives a cycle that ends after the nudge, and nudges for another one', () => {
    const verdicts = watch([
      ...times(4, () => [search]),
      say('a>b', 'I give up on x.'),
      ...times(3, () => [say('b>a', 'Well?')]),
    ]);
    expect(verdicts.map((verdict) => verdict?.type).filter(Boolean)).toEqual(['nudge', 'nudge']);
  });

  it('does not nudge twice for one cycle: when it comes back, it is stopped', () => {
    const verdicts = watch([
      ...times(4, () => [search]),
      say('a>b', 'Let us think.'),
      use('a>b', 'think', {}, 'idea'),
      ...times(6, () => [search]),
    ]);
    expect(verdicts.map((verdict) => verdict?.type).filter(Boolean)).toEqual(['nudge', 'stop', 'stop']);
  });

  it('counts every difference of a result when told so', () => {
    const turns = times(8, (i) => [
      use('a', 'status', {}, { state: 'pending', checked_at: `2026-11-22T10:00:0${i}Z` }),
    ]);
    expect(watch(turns).some((verdict) => verdict?.type === 'stop')).toBe(true);
    expect(watch(turns, { maskResult: (result) => result })).toEqual(turns.map(() => undefined));
  });

  it('has limits of its own', () => {
    const two = [say('a>b', 'x'), say('b>a', 'y')];
    const types = watch(
      times(6, () => two),
      { nudgeAfter: 3, stopAfter: 5 },
    ).map((verdict) => verdict?.type);
    expect([types.indexOf('nudge'), types.indexOf('stop')]).toEqual([5, 9]);
    expect(
      watch(
        times(9, () => two),
        { maxCycle: 1 },
      ).every((verdict) => verdict === undefined),
    ).toBe(true);
  });

  it('refuses limits that are none', () => {
    for (const options of [
      { maxCycle: 0 },
      { maxCycle: 1e9 },
      { maxCycle: Number.NaN },
      { nudgeAfter: 1 },
      { nudgeAfter: 3, stopAfter: 3 },
      { stopAfter: Number.POSITIVE_INFINITY },
      { maskResult: 'x' as unknown as () => string },
    ])
      expect(() => createProgressWatch(options)).toThrow(
        expect.objectContaining({ code: 'invalid_scenario' }),
      );
  });

  it('bears arguments that no JSON can say, and texts of megabytes', { timeout: 20_000 }, () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(watch(times(3, () => [use('a', 't', circular, 'x')]))[2]?.type).toBe('nudge');
    expect(watch(times(5, (i) => [use('a', 't', { id: BigInt(i) }, 'x')])).filter(Boolean)).toEqual([]);
    for (const filler of ['x', ' ', '-', '1', '1.', '"a', 'request', 'attempt ', 'time :', '_at'])
      expect(
        watch(times(3, () => [use('a', 't', {}, `${filler.repeat(200_000)}@`, filler.repeat(200_000))]))[2]
          ?.type,
      ).toBe('nudge');
  });
});

const real = resolve(import.meta.dirname, '../../../../../shared/data/who-and-when');

describe.skipIf(!existsSync(real))(
  'recorded runs of real systems (needs ../shared/data beside the project)',
  () => {
    // None of the twenty goes round in turns that are alike: where they are stuck, each try is put in new words.
    it.each(existsSync(real) ? readdirSync(real).filter((name) => name.endsWith('.json')) : [])(
      '%s is not stopped',
      (name) => {
        const { turns } = parseConversation(JSON.parse(readFileSync(join(real, name), 'utf8')));
        for (const part of [turns, turns.filter(({ kind }) => kind === 'speech')]) {
          const verdicts = watch(part.map(({ speaker, to, content }) => ({ from: speaker, to, content })));
          expect(verdicts.filter((verdict) => verdict?.type === 'stop')).toEqual([]);
        }
      },
    );
  },
);
