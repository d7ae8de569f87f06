import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptOutcome, AttemptPlan, Pass } from '../gate/gate.ts';
import { createLimiter } from './limiter.ts';

/** A clock that goes on when it is told, and the timers that are set on it. */
function handClock() {
  let nowMs = 0;
  const timers = new Map<object, { atMs: number; callback: () => void }>();
  return {
    timers,
    now: () => new Date(nowMs),
    monotonicMs: () => nowMs,
    after(ms: number, callback: () => void) {
      const id = {};
      timers.set(id, { atMs: nowMs + ms, callback });
      return () => timers.delete(id);
    },
    async forward(ms: number) {
      const untilMs = nowMs + ms;
      for (;;) {
        await new Promise(setImmediate);
        const due = [...timers].sort(([, a], [, b]) => a.atMs - b.atMs)[0];
        if (due === undefined || due[1].atMs > untilMs) break;
        timers.delete(due[0]);
        nowMs = Math.max(nowMs, due[1].atMs);
        due[1].callback();
      }
      nowMs = untilMs;
      await new Promise(setImmediate);
    },
  };
}

function plan(agent = 'a', maxTokens = 0, signal = new AbortController().signal, model = 'm'): AttemptPlan {
  return {
    call: { agent: { id: agent } },
    deployment: { provider: 'p', model, baseURL: 'http://p' },
    body: { max_tokens: maxTokens },
    number: 1,
    signal,
  } as unknown as AttemptPlan;
}

const ok = (tokens = 0, headers = new Headers()): AttemptOutcome => ({
  status: 'ok',
  usage: { input_tokens: tokens, output_tokens: 0, source: 'provider' },
  billable: true,
  headers,
});

describe('a limiter', () => {
  it('never lets more through than its limits, in any minute, and lets everybody through in the end', async () => {
    const jobs = fc.array(
      fc.record({
        gapMs: fc.nat({ max: 20_000 }),
        runMs: fc.nat({ max: 90_000 }),
        tokens: fc.nat({ max: 50 }),
        agent: fc.constantFrom('a', 'b', 'c'),
        model: fc.constantFrom('m', 'n'),
        abortAfterMs: fc.option(fc.nat({ max: 30_000 }), { nil: undefined, freq: 4 }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    const limits = fc.record({
      concurrency: fc.integer({ min: 1, max: 5 }),
      requestsPerMinute: fc.integer({ min: 1, max: 8 }),
      tokensPerMinute: fc.integer({ min: 60, max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(jobs, limits, async (jobs, limits) => {
        const clock = handClock();
        const limiter = createLimiter({ ...limits, clock });
        const began: { atMs: number; tokens: number }[] = [];
        let settled = 0;
        for (const { gapMs, runMs, tokens, agent, model, abortAfterMs } of jobs) {
          const abort = new AbortController();
          if (abortAfterMs !== undefined) clock.after(abortAfterMs, () => abort.abort(new Error('enough')));
          Promise.resolve(limiter.enter(plan(agent, tokens, abort.signal, model))).then(
            (pass) => {
              settled++;
              began.push({ atMs: clock.monotonicMs(), tokens });
              expect(limiter.state.active).toBeLessThanOrEqual(limits.concurrency);
              clock.after(runMs, () => pass.leave(ok(tokens)));
            },
            () => settled++,
          );
          await clock.forward(gapMs);
        }
        await clock.forward(jobs.length * 250_000);
        expect(settled).toBe(jobs.length);
        expect(limiter.state).toEqual({ active: 0, waiting: 0 });
        expect(clock.timers.size).toBe(0);
        for (const { atMs } of began) {
          const minute = began.filter((each) => each.atMs >= atMs && each.atMs < atMs + 60_000);
          expect(minute.length).toBeLessThanOrEqual(limits.requestsPerMinute);
          // What was let through and was not more than was thought.
          const tokens = minute.reduce((sum, each) => sum + each.tokens, 0);
          expect(tokens).toBeLessThanOrEqual(limits.tokensPerMinute);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives agents turns, and each of them in its order', async () => {
    const limiter = createLimiter({ concurrency: 1 });
    const order: string[] = [];
    const passes: Pass[] = [];
    const enter = async (agent: string, name: string) => {
      passes.push(await limiter.enter(plan(agent)));
      order.push(name);
    };
    const all = [enter('a', 'first')];
    for (let i = 1; i <= 1_000; i++) all.push(enter('a', `a${i}`));
    all.push(enter('b', 'b1'), enter('b', 'b2'));
    while (order.length < 1_003) {
      await new Promise(setImmediate);
      passes.pop()?.leave(ok());
    }
    await Promise.all(all);
    expect(order.slice(0, 6)).toEqual(['first', 'a1', 'b1', 'a2', 'b2', 'a3']);
    expect(order.at(-1)).toBe('a1000');
  });

  it('forgets those that are aborted, 10,000 at once, and leaves no timer', async () => {
    const clock = handClock();
    const limiter = createLimiter({ requestsPerMinute: 1, clock });
    (await limiter.enter(plan())).leave(ok());
    const abort = new AbortController();
    const waiting = Array.from({ length: 10_000 }, (_, i) =>
      limiter.enter(plan(`${i % 7}`, 0, abort.signal)),
    );
    expect(limiter.state).toEqual({ active: 0, waiting: 10_000 });
    expect(clock.timers.size).toBe(1);
    const results = Promise.allSettled(waiting);
    const startedMs = performance.now();
    abort.abort(new Error('enough'));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect((await results).every(({ status }) => status === 'rejected')).toBe(true);
    expect(limiter.state).toEqual({ active: 0, waiting: 0 });
    expect(clock.timers.size).toBe(0);
  });

  it('counts tokens as they were, not as they were thought to be', async () => {
    const clock = handClock();
    const limiter = createLimiter({ tokensPerMinute: 1_000, clock });
    const first = await limiter.enter(plan('a', 900));
    const second = Promise.resolve(limiter.enter(plan('a', 500)));
    expect(limiter.state).toEqual({ active: 1, waiting: 1 });
    first.leave(ok(100));
    await second;
    expect(limiter.state).toEqual({ active: 1, waiting: 0 });
    // More than there ever is: alone, when the window is empty.
    const big = Promise.resolve(limiter.enter(plan('a', 5_000)));
    await clock.forward(59_000);
    expect(limiter.state.waiting).toBe(1);
    await clock.forward(1_000);
    await big;
  });

  it('waits as long as the provider says, for that deployment only', async () => {
    const clock = handClock();
    const limiter = createLimiter({ clock });
    const headers = new Headers({
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '6s',
    });
    const pass = await limiter.enter(plan());
    pass.answered?.(headers);
    const next = Promise.resolve(limiter.enter(plan()));
    await limiter.enter(plan('a', 0, undefined, 'other'));
    expect(limiter.state).toEqual({ active: 2, waiting: 1 });
    await clock.forward(5_999);
    expect(limiter.state.waiting).toBe(1);
    await clock.forward(1);
    await next;
  });

  it('takes what comes back meanwhile, where the provider says how much there is', async () => {
    const clock = handClock();
    const limiter = createLimiter({ clock });
    const headers = new Headers({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1m0s',
    });
    (await limiter.enter(plan())).answered?.(headers);
    for (let i = 0; i < 3; i++) limiter.enter(plan());
    expect(limiter.state.waiting).toBe(3);
    await clock.forward(1_000);
    expect(limiter.state.waiting).toBe(2);
    await clock.forward(2_000);
    expect(limiter.state.waiting).toBe(0);
  });

  it.each([
    { concurrency: 0 },
    { requestsPerMinute: 1.5 },
    { tokensPerMinute: Number.NaN },
    { only: ['', 'x'] },
  ])('refuses %j', (options) => {
    expect(() => createLimiter(options)).toThrow(RangeError);
  });
});
