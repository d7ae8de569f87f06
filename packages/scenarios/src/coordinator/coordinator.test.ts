import { type AgentReply, defineAgent } from '@pd/agents';
import type { LogEvent } from '@pd/call-log/schema';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { InvalidContentError } from '../errors/invalid-content-error.ts';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { Coordinator, type CoordinatorOptions } from './coordinator.ts';
import type { CoordinatorEvent } from './coordinator-event.ts';
import { defineMessage } from './message-type.ts';

/** A coordinator, and what it has told of and put on record. */
function watched(options: CoordinatorOptions = {}) {
  const told: CoordinatorEvent[] = [];
  const statuses = new Map<string, string[]>();
  const logger = (event: LogEvent) => {
    if (event.type !== 'message') return;
    const { message_id: id, status } = event;
    statuses.set(id, [...(statuses.get(id) ?? []), status]);
  };
  const coordinator = new Coordinator({ logger, tell: (event) => told.push(event), ...options });
  /** Every message was delivered and has ended once. */
  const conserved = () => {
    for (const [id, all] of statuses)
      expect([id, all.filter((status) => status !== 'delivered').length]).toEqual([id, 1]);
    expect(coordinator.pending).toBe(0);
    return statuses;
  };
  return { coordinator, told, conserved };
}

const echo = (id: string) => defineAgent({ id, respond: ({ content }) => `${id}:${content}` });
const failing = (id: string, times = Number.POSITIVE_INFINITY) => {
  let failures = 0;
  return defineAgent({
    id,
    respond: ({ content }) => {
      if (failures++ < times) throw new Error(`${id} cannot`);
      return `${id} at last: ${content}`;
    },
  });
};
const silent = (id: string) => defineAgent({ id, respond: () => new Promise<string>(() => {}) });
const says = (from: string, to: string, content = 'hi') => ({ from, to, content });

describe('Coordinator', () => {
  it('hands a message to its receiver and the reply to its sender', async () => {
    const { coordinator, conserved } = watched();
    coordinator.join(echo('a'));
    expect(await coordinator.ask(says('user', 'a'))).toEqual({ content: 'a:hi' });
    expect([...conserved().values()]).toEqual([['delivered', 'handled']]);
  });

  it('gives each its messages in order, as many at a time as it takes', async () => {
    const { coordinator } = watched();
    let now = 0;
    let most = 0;
    const order: unknown[] = [];
    const handle = async ({ content }: { content: unknown }) => {
      most = Math.max(most, ++now);
      order.push(content);
      await new Promise(setImmediate);
      now--;
    };
    coordinator.join({ id: 'one', handle });
    coordinator.join({ id: 'three', handle }, { concurrency: 3 });
    for (let i = 0; i < 10; i++) coordinator.post(says('user', 'one', String(i)));
    await coordinator.idle();
    expect([most, order]).toEqual([1, Array.from({ length: 10 }, (_, i) => String(i))]);
    for (let i = 0; i < 10; i++) coordinator.post(says('user', 'three'));
    await coordinator.idle();
    expect(most).toBe(3);
  });

  it('lets whoever waits for it go no faster than the receiver', async () => {
    const { coordinator } = watched();
    const gate = Promise.withResolvers<void>();
    coordinator.join({ id: 'slow', handle: () => gate.promise }, { mailbox: 2 });
    const sent = Array.from({ length: 5 }, () => coordinator.post(says('user', 'slow')));
    let accepted = 0;
    for (const { accepted: there } of sent) there.then(() => accepted++);
    await new Promise(setImmediate);
    // One is being handled, two wait in the mailbox.
    expect(accepted).toBe(3);
    gate.resolve();
    await coordinator.idle();
    expect(accepted).toBe(5);
  });

  it('has a chain of any length without filling the stack or keeping timers waiting', async () => {
    const { coordinator } = watched({ logger: undefined, tell: undefined });
    let left = 100_000;
    let rang = false;
    setTimeout(() => {
      rang = true;
    }, 1);
    let rangBeforeTheEnd = false;
    const pass = (from: string, to: string) => ({
      id: from,
      handle: () => {
        if (left-- > 0) coordinator.post(says(from, to));
        else rangBeforeTheEnd = rang;
        return undefined;
      },
    });
    coordinator.join(pass('a', 'b'));
    coordinator.join(pass('b', 'a'));
    coordinator.post(says('user', 'a'));
    await coordinator.idle();
    expect(rangBeforeTheEnd).toBe(true);
  });

  it('keeps no timer waiting while one asks and is answered at once, again and again', async () => {
    const { coordinator } = watched({ logger: undefined, tell: undefined });
    coordinator.join({ id: 'b', handle: () => 'yes' });
    let rang = false;
    setTimeout(() => {
      rang = true;
    }, 1);
    let asked = 0;
    while (!rang && asked++ < 100_000) await coordinator.ask(says('user', 'b'));
    expect(rang).toBe(true);
  });

  it('reaches everybody, those who listen to a topic, and whoever of a role has the least to do', async () => {
    const { coordinator, conserved } = watched();
    const heard: string[] = [];
    const hears = (id: string, role: string) => ({
      id,
      role,
      handle: () => void heard.push(id),
    });
    for (const id of ['a', 'b', 'c']) coordinator.join(hears(id, id === 'c' ? 'critic' : 'executor'));
    coordinator.broadcast({ from: 'a', content: 'all' });
    coordinator.subscribe('c', 'news');
    coordinator.publish('news', { from: 'a', content: 'n' });
    coordinator.postToRole('executor', { from: 'c', content: '1' });
    coordinator.postToRole('executor', { from: 'c', content: '2' });
    await coordinator.idle();
    expect(heard.toSorted()).toEqual(['a', 'a', 'b', 'c', 'c']);
    for (const delivery of [
      ...coordinator.publish('nothing', { from: 'a', content: 'n' }),
      coordinator.postToRole('judge', { from: 'a', content: 'n' }),
    ])
      await expect(delivery.reply).rejects.toMatchObject({
        code: 'undeliverable',
        reason: 'unknown_recipient',
      });
    expect([...conserved().values()].filter((all) => all.at(-1) === 'dead_lettered')).toHaveLength(2);
    expect(() => coordinator.subscribe('nobody', 'news')).toThrow(InvalidScenarioError);
  });

  it('checks typed messages: what does not fit is rejected, on record and at once', async () => {
    const order = defineMessage('order', z.object({ pieces: z.int() }));
    const { coordinator, conserved } = watched();
    const got: unknown[] = [];
    coordinator.join({
      id: 'store',
      accepts: [order],
      handle: ({ content }) => void got.push(content),
    });
    coordinator.join(echo('agent'));
    await coordinator.ask({ from: 'shop', to: 'store', type: order, content: { pieces: 2 } });
    expect(got).toEqual([{ pieces: 2 }]);
    const wrong = { from: 'shop', to: 'store', type: order, content: { pieces: 'two' } as never };
    expect(() => coordinator.post(wrong)).toThrow(InvalidContentError);
    expect(() => coordinator.post(wrong)).toThrow(/does not fit the message type order: pieces:/);
    for (const delivery of [
      coordinator.post(says('shop', 'store')),
      coordinator.post({ from: 'shop', to: 'agent', type: order, content: { pieces: 1 } }),
    ])
      await expect(delivery.reply).rejects.toMatchObject({ reason: 'not_accepted' });
    expect([...conserved().values()].map((all) => all.at(-1))).toEqual([
      'handled',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ]);
  });

  it.each([
    ['somebody unknown', 'user', 'nobody', 'unknown_recipient', 'nobody who takes part has the id "nobody"'],
    ['itself', 'a', 'a', 'to_itself', 'a has written to itself'],
  ])('dead-letters a message to %s', async (_, from, to, reason, why) => {
    const { coordinator, told, conserved } = watched();
    coordinator.join(echo('a'));
    const { reply } = coordinator.post(says(from, to));
    await expect(reply).rejects.toMatchObject({ name: 'UndeliverableError', reason, to });
    await expect(reply).rejects.toThrow(why);
    expect(told.at(-1)).toMatchObject({ type: 'ended', status: 'dead_lettered', reason });
    conserved();
  });

  it('dead-letters a question to somebody who waits, through others, for the answer', async () => {
    const { coordinator, conserved } = watched();
    const asks = (id: string, to: string) => ({
      id,
      handle: async () =>
        (await coordinator.ask(says(id, to)).catch(({ reason }) => ({ content: reason }))).content,
    });
    for (const [id, to] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ] as const)
      coordinator.join(asks(id, to));
    expect(await coordinator.ask(says('user', 'a'))).toEqual({ content: 'waits_for_itself' });
    conserved();
  });

  it('waits no longer than the deadline: in the mailbox, and for an agent that takes no notice of its signal', async () => {
    vi.useFakeTimers();
    const { coordinator, conserved } = watched();
    coordinator.join(silent('a'));
    const first = coordinator.post({ ...says('user', 'a'), deadlineMs: 1_000 });
    const second = coordinator.post({ ...says('user', 'a'), deadlineMs: 500 });
    const third = coordinator.post({ ...says('user', 'a'), deadlineMs: 1_500 });
    await vi.advanceTimersByTimeAsync(1_500);
    for (const { reply } of [first, second, third])
      await expect(reply).rejects.toMatchObject({ reason: 'deadline' });
    await expect(first.reply).rejects.toThrow('a has not answered within 1000 ms');
    expect([...conserved().values()].map((all) => all.at(-1))).toEqual([
      'rejected',
      'dead_lettered',
      'rejected',
    ]);
    vi.useRealTimers();
  });

  it('keeps the others going when one fails, and gives its error to whoever asked', async () => {
    const { coordinator, told, conserved } = watched();
    coordinator.join(failing('bad'));
    coordinator.join(echo('good'));
    const [bad, good] = await Promise.allSettled([
      coordinator.ask(says('user', 'bad')),
      coordinator.ask(says('user', 'good')),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'bad cannot' } });
    expect(good).toMatchObject({ status: 'fulfilled', value: { content: 'good:hi' } });
    expect(told).toContainEqual(expect.objectContaining({ type: 'failed', agent: 'bad', action: 'reject' }));
    conserved();
  });

  it('retries, as often as it was told', async () => {
    const { coordinator, told, conserved } = watched({ supervision: { retries: 2 } });
    coordinator.join(failing('a', 2));
    coordinator.join(failing('b', 3));
    expect(await coordinator.ask(says('user', 'a'))).toEqual({ content: 'a at last: hi' });
    await expect(coordinator.ask(says('user', 'b'))).rejects.toThrow('b cannot');
    expect(told.flatMap((event) => (event.type === 'failed' ? [event.action] : []))).toEqual([
      'retry',
      'retry',
      'retry',
      'retry',
      'reject',
    ]);
    conserved();
  });

  it('gives an agent that is retried its deadline anew', async () => {
    let times = 0;
    const slowOnce = defineAgent({
      id: 'a',
      respond: () => (times++ === 0 ? new Promise<string>(() => {}) : 'now'),
    });
    const { coordinator, conserved } = watched({ supervision: { retries: 1 } });
    coordinator.join(slowOnce);
    expect(await coordinator.ask({ ...says('user', 'a'), deadlineMs: 20 })).toEqual({ content: 'now' });
    conserved();
  });

  it('replaces an agent that fails: this message, what waits, and what comes', async () => {
    const { coordinator, conserved } = watched();
    coordinator.join(failing('a'), { supervision: { onFailure: { replaceBy: echo('b') } } });
    const replies = await Promise.all([1, 2, 3].map((i) => coordinator.ask(says('user', 'a', String(i)))));
    expect(replies.map(({ content }: AgentReply) => content)).toEqual(['b:1', 'b:2', 'b:3']);
    expect(await coordinator.ask(says('user', 'a', '4'))).toEqual({ content: 'b:4' });
    conserved();
  });

  it('escalates: a supervisor is told what failed, and its answer is the answer', async () => {
    const { coordinator, conserved } = watched();
    coordinator.join(failing('a'), { supervision: { onFailure: { escalateTo: 'boss' } } });
    coordinator.join(echo('boss'));
    const { content } = await coordinator.ask(says('user', 'a'));
    expect(content).toBe('boss:a has failed: a cannot\n\nuser had said to it:\nhi');
    conserved();
    coordinator.leave('boss');
    await expect(coordinator.ask(says('user', 'a'))).rejects.toMatchObject({ reason: 'unknown_recipient' });
    conserved();
  });

  it('stops everything where that is the policy', async () => {
    const stopped: unknown[] = [];
    const { coordinator, conserved } = watched({ stop: (agent) => stopped.push(agent) });
    coordinator.join(failing('a'), { supervision: { onFailure: 'stop' } });
    await expect(coordinator.ask(says('user', 'a'))).rejects.toThrow('a cannot');
    expect(stopped).toEqual(['a']);
    conserved();
  });

  it('ends what has not ended when it is closed, and takes nothing after that', async () => {
    const { coordinator, conserved } = watched();
    const aborted: unknown[] = [];
    coordinator.join({
      id: 'a',
      handle: (_, { signal }) =>
        new Promise<undefined>(() => signal.addEventListener('abort', () => aborted.push(signal.reason))),
    });
    const deliveries = [1, 2, 3].map(() => coordinator.post(says('user', 'a')));
    await new Promise(setImmediate);
    coordinator.close('over');
    deliveries.push(coordinator.post(says('user', 'a')));
    for (const { reply } of deliveries) await expect(reply).rejects.toMatchObject({ reason: 'closed' });
    expect(aborted).toEqual(['over']);
    expect([...conserved().values()].map((all) => all.at(-1))).toEqual(Array(4).fill('dead_lettered'));
  });

  it('takes back what its sender gives up', async () => {
    const { coordinator, conserved } = watched();
    const controller = new AbortController();
    coordinator.join(silent('a'));
    const deliveries = [1, 2].map(() =>
      coordinator.post({ ...says('user', 'a'), signal: controller.signal }),
    );
    await new Promise(setImmediate);
    controller.abort(new Error('enough'));
    await expect(deliveries[0]?.reply).rejects.toThrow('enough');
    for (const { reply } of deliveries) await expect(reply).rejects.toMatchObject({ reason: 'withdrawn' });
    expect([...conserved().values()].map((all) => all.at(-1))).toEqual(['dead_lettered', 'dead_lettered']);
  });

  it.each([
    ['no id', { id: '', handle: () => undefined }, {}],
    ['nothing to handle with', { id: 'a' } as never, {}],
    ['a mailbox for nothing', echo('a'), { mailbox: 0 }],
    ['no hands', echo('a'), { concurrency: 1.5 }],
    ['negative retries', echo('a'), { supervision: { retries: -1 } }],
    ['an unknown policy', echo('a'), { supervision: { onFailure: 'hope' as never } }],
  ])('refuses a participant with %s', (_, who, options) => {
    expect(() => new Coordinator().join(who, options)).toThrow(InvalidScenarioError);
  });

  it('refuses two with one id, and takes the same one twice', () => {
    const { coordinator } = watched();
    const a = echo('a');
    coordinator.join(a);
    coordinator.join(a);
    expect(() => coordinator.join(echo('a'))).toThrow('two participants have the id "a"');
  });
});
