import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLLMClient } from '@pd/llm-client';
import { startTestServer } from '@pd/llm-client/testing';
import { expect, it } from 'vitest';
import { createBullRunner, createSharedBudget, createSharedLimiter } from '../../src/distributed.ts';
import { anna } from './placeholder-agents.ts';
import { startWorkerProcess } from './start-worker-process.ts';
import { noRedis, withRedis } from './with-redis.ts';

const { place, after } = withRedis();
const messages = [{ role: 'user' as const, content: 'hello' }];

it.skipIf(noRedis)('keeps a budget that several clients spend at the same time', async () => {
  const server = await startTestServer({ answers: () => ({ usage: { input: 10, output: 10 } }) });
  after(() => server.close());
  const budgets = Array.from({ length: 4 }, () =>
    createSharedBudget({ redis: place.url, prefix: place.prefix, name: 'all', tokens: 20_000 }),
  );
  for (const budget of budgets) after(() => budget.close());
  const clients = budgets.map((budget) =>
    createLLMClient({ model: 'local/test', baseURL: server.url, apiKey: 'none', gates: [budget] }),
  );
  const asked = await Promise.allSettled(
    Array.from({ length: 80 }, (_, i) => clients[i % 4]?.chat({ messages, max_completion_tokens: 50 })),
  );
  const refused = asked.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(server.requests.length).toBe(80 - refused.length);
  expect(server.requests.length).toBeGreaterThan(0);
  for (const { reason } of refused as PromiseRejectedResult[])
    expect(reason).toMatchObject({ code: 'budget_exceeded' });
  await wait(100);
  const { spent, reserved } = (await budgets[0]?.state()) ?? {};
  expect(spent?.tokens).toBe(server.requests.length * 20);
  expect(spent?.tokens).toBeLessThanOrEqual(20_000);
  expect(reserved?.tokens).toBe(0);
});

it.skipIf(noRedis)('gives back what a process had reserved that was killed', async () => {
  const server = await startTestServer({ answers: [{ faults: [{ type: 'hang' }] }, {}] });
  after(() => server.close());
  const { url: redis, prefix, dir } = place;
  const worker = await startWorkerProcess({
    ...{ redis, prefix, logs: join(dir, 'one'), server: server.url },
    env: { PD_TEST_BUDGET: '100000' },
  });
  after(() => worker.end('SIGKILL'));
  const runner = await createBullRunner({ redis, prefix });
  after(() => runner.close());
  const signal = new AbortController();
  after(() => signal.abort());
  runner
    .respond(anna, { content: 'hello' }, { messageId: 'm1', run: undefined, signal: signal.signal })
    .catch(() => {});
  const budget = createSharedBudget({ redis, prefix, name: 'test', tokens: 100_000, leaseMs: 1_000 });
  after(() => budget.close());
  while (server.requests.length < 1) await wait(5);
  expect((await budget.state()).reserved.tokens).toBeGreaterThan(0);
  await worker.end('SIGKILL');
  const killedAt = performance.now();
  while ((await budget.state()).reserved.tokens > 0) await wait(20);
  expect(performance.now() - killedAt).toBeLessThan(1_500);
});

it.skipIf(noRedis)('never lets more through at a time than the limit, from all clients', async () => {
  let active = 0;
  let most = 0;
  const server = await startTestServer({
    answers: () => ({ faults: [{ type: 'slow_start', delayMs: 20 }] }),
    onRequest: () => {
      active++;
      most = Math.max(most, active);
      setTimeout(() => active--, 15);
    },
  });
  after(() => server.close());
  const limiters = Array.from({ length: 3 }, () =>
    createSharedLimiter({ redis: place.url, prefix: place.prefix, name: 'all', concurrency: 4 }),
  );
  for (const limiter of limiters) after(() => limiter.close());
  const clients = limiters.map((limiter) =>
    createLLMClient({ model: 'local/test', baseURL: server.url, apiKey: 'none', gates: [limiter] }),
  );
  await Promise.all(Array.from({ length: 60 }, (_, i) => clients[i % 3]?.chat({ messages })));
  expect(server.requests).toHaveLength(60);
  expect(most).toBeLessThanOrEqual(4);
  expect(most).toBeGreaterThan(1);
});

it.skipIf(noRedis)('counts the requests of a minute together, and rests when one is told to', async () => {
  const server = await startTestServer({
    answers: [{ faults: [{ type: 'rate_limit', retryAfter: { form: 'milliseconds', ms: 400 } }] }, {}],
  });
  after(() => server.close());
  const limiters = [0, 1].map(() =>
    createSharedLimiter({ redis: place.url, prefix: place.prefix, name: 'all', requestsPerMinute: 4 }),
  );
  for (const limiter of limiters) after(() => limiter.close());
  const clients = limiters.map((limiter) =>
    createLLMClient({ model: 'local/test', baseURL: server.url, apiKey: 'none', gates: [limiter] }),
  );
  const first = clients[0]?.chat({ messages });
  while (server.requests.length < 1) await wait(5);
  await wait(50);
  await clients[1]?.chat({ messages });
  await first;
  const [one, two] = server.requests;
  expect((two?.atMs ?? 0) - (one?.atMs ?? 0)).toBeGreaterThan(300);
  const late = new AbortController();
  const calls = [0, 1, 0].map((i) => clients[i]?.chat({ messages, signal: late.signal }));
  calls.map((call) => call?.catch(() => {}));
  await wait(400);
  expect(server.requests).toHaveLength(4);
  late.abort(new Error('enough'));
  expect((await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected')).toHaveLength(2);
});

it.skipIf(noRedis)('sends nothing when it is not known whether there is enough', async () => {
  const server = await startTestServer();
  after(() => server.close());
  const budget = createSharedBudget({ redis: 'redis://127.0.0.1:9', name: 'x', tokens: 9, timeoutMs: 200 });
  after(() => budget.close());
  const client = createLLMClient({
    model: 'local/test',
    baseURL: server.url,
    apiKey: 'none',
    gates: [budget],
  });
  await expect(client.chat({ messages, max_completion_tokens: 5 })).rejects.toMatchObject({
    code: 'redis_unavailable',
  });
  expect(server.requests).toHaveLength(0);
});

it('refuses limits that make no sense', () => {
  const redis = 'redis://127.0.0.1:9';
  expect(() => createSharedBudget({ redis, name: 'x' })).toThrow('a budget needs a limit');
  expect(() => createSharedBudget({ redis, name: 'a b', tokens: 1 })).toThrow('name must be');
  expect(() => createSharedBudget({ redis, name: 'x', usd: Number.NaN })).toThrow('from 0');
  expect(() => createSharedLimiter({ redis, name: 'x', concurrency: 0.5 })).toThrow('concurrency must be');
  expect(() => createSharedLimiter({ redis: 'http://x', name: 'x' })).toThrow('redis must be a URL');
});
