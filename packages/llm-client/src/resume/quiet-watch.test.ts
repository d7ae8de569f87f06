import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { QuietWatch } from './quiet-watch.ts';

const gone = new Error('quiet');
const outcome = (waiting: Promise<void>) =>
  waiting.then(
    () => 'rest',
    (error: unknown) => error,
  );

describe('what is new', () => {
  it('may go on at once when nothing is on record', async () => {
    expect(await outcome(new QuietWatch(0, 50).wait(() => gone, undefined))).toBe('rest');
  });

  it('waits for the last thing on record, and for what the program does with it', async () => {
    const watch = new QuietWatch(2, 5_000);
    const order: string[] = [];
    const waiting = watch.wait(() => gone, undefined).then(() => order.push('new'));
    watch.asked(true);
    watch.asked(false);
    watch.asked(true);
    await Promise.resolve().then(() => order.push('what came of it'));
    await waiting;
    expect(order).toEqual(['what came of it', 'new']);
    expect(watch.remaining).toBe(0);
  });

  it('fails when it is quiet, then at once, until something is asked for again', async () => {
    const watch = new QuietWatch(1, 40);
    const errors = [watch.wait(() => gone, undefined), watch.wait(() => gone, undefined)].map(outcome);
    expect(await Promise.all(errors)).toEqual([gone, gone]);
    const since = performance.now();
    expect(await outcome(watch.wait(() => gone, undefined))).toBe(gone);
    expect(performance.now() - since).toBeLessThan(30);
    watch.asked(true);
    expect(await outcome(watch.wait(() => gone, undefined))).toBe('rest');
  });

  it('does not take a long block of the event loop for silence', async () => {
    const watch = new QuietWatch(1, 40);
    const waiting = outcome(watch.wait(() => gone, undefined));
    const until = performance.now() + 200;
    while (performance.now() < until);
    setImmediate(() => watch.asked(true));
    expect(await waiting).toBe('rest');
  });

  it('may wait for ever, and be given up', async () => {
    const watch = new QuietWatch(1, Number.POSITIVE_INFINITY);
    const abort = new AbortController();
    const waiting = outcome(watch.wait(() => gone, abort.signal));
    await sleep(20);
    abort.abort(gone);
    expect(await waiting).toBe(gone);
    await expect(watch.wait(() => new Error('not this one'), abort.signal)).rejects.toBe(gone);
  });
});
