import { setTimeout as wait } from 'node:timers/promises';
import { type AgentReply, BaseAgent, type IncomingMessage } from '@pd/agents';
import { expect, it } from 'vitest';
import { createBullRunner, startWorker } from '../../src/distributed.ts';
import { noRedis, withRedis } from './with-redis.ts';

const { place, after } = withRedis();

/** Counts what it is asked, and takes as long as it is told. */
class Counting extends BaseAgent {
  asked = 0;
  aborted: unknown;
  delayMs = 0;
  failing = false;

  protected override async reply(
    { content }: IncomingMessage,
    { signal }: { signal?: AbortSignal },
  ): Promise<AgentReply> {
    const number = ++this.asked;
    try {
      await wait(this.delayMs, undefined, { signal });
    } catch {
      this.aborted = signal?.reason;
      throw signal?.reason;
    }
    if (this.failing) throw new Error('not today');
    return { content: `${content} ${number}` };
  }
}

const asked = (messageId: string, more = {}) => ({
  messageId,
  run: { id: 'run', dir: place.dir },
  signal: new AbortController().signal,
  ...more,
});

async function started(more = {}) {
  const { url: redis, dir: logDir, prefix } = place;
  const agent = new Counting({ id: 'counting' });
  const begin = async () => {
    const worker = await startWorker({ redis, prefix, logDir, agents: [agent], ...more });
    after(() => worker.close());
  };
  const runner = async (options = {}) => {
    const made = await createBullRunner({ redis, prefix, recordsTimeoutMs: 500, ...options });
    after(() => made.close());
    return made;
  };
  return { agent, begin, runner };
}

it.skipIf(noRedis)('joins the jobs of another coordinator of the run', async () => {
  const { agent, begin, runner } = await started({ concurrency: 1 });
  const first = await runner();
  const asking = ['m1', 'm2'].map((id) => first.respond(agent, { content: 'hello' }, asked(id)));
  await wait(200);
  const next = await runner();
  const joining = ['m1', 'm2'].map((id) => next.respond(agent, { content: 'hello' }, asked(id)));
  await wait(200);
  await begin();
  const replies = [{ content: 'hello 1' }, { content: 'hello 2' }];
  expect(await Promise.all(joining)).toEqual(replies);
  expect(await Promise.all(asking)).toEqual(replies);
  expect(agent.asked).toBe(2);
});

it.skipIf(noRedis)('asks again for what has been answered, and after a failure', async () => {
  const { agent, begin, runner } = await started();
  await begin();
  const first = await runner();
  expect((await first.respond(agent, { content: 'a' }, asked('m1'))).content).toBe('a 1');
  expect((await first.respond(agent, { content: 'a' }, asked('m1'))).content).toBe('a 2');
  agent.failing = true;
  await expect(first.respond(agent, { content: 'b' }, asked('m2'))).rejects.toMatchObject({
    failure: { message: 'not today' },
  });
  agent.failing = false;
  expect((await (await runner()).respond(agent, { content: 'b' }, asked('m2'))).content).toBe('b 4');
});

it.skipIf(noRedis)('stops the work that nobody waits for, wherever it is', async () => {
  const { agent, begin, runner } = await started({ concurrency: 1 });
  agent.delayMs = 60_000;
  await begin();
  const asking = await runner();
  const [busy, queued] = [new AbortController(), new AbortController()];
  const first = asking.respond(agent, { content: 'a' }, asked('m1', { signal: busy.signal }));
  while (agent.asked < 1) await wait(5);
  const second = asking.respond(agent, { content: 'b' }, asked('m2', { signal: queued.signal }));
  await wait(100);
  queued.abort(new Error('not needed'));
  await expect(second).rejects.toThrow('not needed');
  busy.abort(new Error('enough'));
  await expect(first).rejects.toThrow('enough');
  while (agent.aborted === undefined) await wait(5);
  expect(agent.aborted).toMatchObject({ code: 'not_wanted' });
  agent.delayMs = 0;
  expect((await asking.respond(agent, { content: 'c' }, asked('m3'))).content).toBe('c 2');
});

it.skipIf(noRedis)('tells the worker when the time is over', async () => {
  const { agent, begin, runner } = await started();
  agent.delayMs = 60_000;
  await begin();
  const asking = await runner({ timeoutMs: 700 });
  await expect(asking.respond(agent, { content: 'a' }, asked('m1'))).rejects.toMatchObject({
    code: 'worker_timeout',
  });
  while (agent.aborted === undefined) await wait(5);
});

it.skipIf(noRedis)('says that there is no worker for a role', async () => {
  const { agent, runner } = await started();
  const warnings: unknown[] = [];
  const asking = await runner({
    noWorkerMs: 1_200,
    warnAfterMs: 200,
    logger: (event: unknown) => warnings.push(event),
  });
  await expect(asking.respond(agent, { content: 'a' }, asked('m1'))).rejects.toMatchObject({
    code: 'no_worker',
    reason: 'no_worker_for_role',
  });
  expect(warnings).toContainEqual(
    expect.objectContaining({ level: 'warn', message: expect.stringContaining('there is no worker') }),
  );
});

it.skipIf(noRedis)('refuses what is too large before anything is sent', async () => {
  const { agent, runner } = await started();
  const asking = await runner({ maxMessageBytes: 1_000 });
  await expect(asking.respond(agent, { content: 'x'.repeat(2_000) }, asked('m1'))).rejects.toMatchObject({
    code: 'message_too_large',
  });
});
