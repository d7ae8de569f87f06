import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BaseAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startTestServer } from '@pd/llm-client/testing';
import { Queue } from 'bullmq';
import { createClient } from 'redis';
import { expect, it } from 'vitest';
import { createBullRunner, defineWorker, startWorker } from '../../src/distributed.ts';
import { noRedis, withRedis } from './with-redis.ts';

const { place, after } = withRedis();

class Echo extends BaseAgent {
  protected override reply({ content }: { content: string }) {
    return Promise.resolve({ content: `${this.id}: ${content}` });
  }
}

const asked = (messageId: string, more = {}) => ({
  messageId,
  run: undefined,
  signal: new AbortController().signal,
  ...more,
});

it.skipIf(noRedis)('has an agent answer in a worker', async () => {
  const echo = new Echo({ id: 'echo' });
  const { url: redis, dir: logDir, prefix } = place;
  const worker = await startWorker({ redis, prefix, logDir, agents: [echo] });
  after(() => worker.close());
  const runner = await createBullRunner({ redis, prefix });
  after(() => runner.close());
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, i) => runner.respond(echo, { content: `${i}` }, asked(`m${i}`))),
  );
  expect(replies.map(({ content }) => content)).toEqual(Array.from({ length: 50 }, (_, i) => `echo: ${i}`));
});

it.skipIf(noRedis)('brings the calls of workers into one tree', async () => {
  const { url: redis, dir, prefix } = place;
  const server = await startTestServer();
  after(() => server.close());
  const definition = defineWorker(({ logger }) => {
    const client = createLLMClient({
      model: 'local/test',
      baseURL: server.url,
      apiKey: 'none',
      logger,
      prices: {},
    });
    return ['anna', 'bert'].map((id) => new SimpleAgent({ id, client, systemPrompt: 'Answer.' }));
  });
  for (const name of ['a', 'b']) {
    const worker = await startWorker({
      redis,
      prefix,
      logDir: join(dir, name),
      agents: definition,
      concurrency: 1,
    });
    after(() => worker.close());
  }
  const log = createCallLog({ dir: join(dir, 'logs') });
  const runner = await createBullRunner({ redis, prefix, logger: log.logger });
  after(() => runner.close());
  const { agents } = await definition.make({} as never);
  const texts: string[] = [];
  const path = await log.run({ name: 'distributed' }, async (run) => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const agent = agents[i % 2];
        if (agent === undefined) throw new Error('no agent');
        const onText = i === 0 ? (text: string) => texts.push(text) : undefined;
        return runner.respond(agent, { content: `Say ${i}.` }, asked(`m${i}`, { run, onText }));
      }),
    );
    expect(texts.join('')).toBe(replies[0]?.content);
    const tree = await readTree(run.journalPath);
    expect(tree.run.totals.calls).toBe(20);
    expect(await runner.collect(run.id)).toEqual([]);
    return run.journalPath;
  });
  await log.close();
  const tree = await readTree(path);
  expect(tree.agents.map(({ id }) => id).sort()).toEqual(['anna', 'bert']);
  expect(tree.run.totals.calls).toBe(20);
  expect(server.requests).toHaveLength(20);
  expect(tree.orphans).toEqual([]);
  const folder = path.replace(/\.jsonl$/, '');
  const segments = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  expect(segments).toHaveLength(2);
  for (const segment of segments) expect(readFileSync(join(folder, segment), 'utf8')).toMatch(/"audit".*\n$/);
});

it.skipIf(noRedis)('gives the agent the history it is asked with', async () => {
  const { url: redis, dir: logDir, prefix } = place;
  const server = await startTestServer();
  after(() => server.close());
  const client = createLLMClient({ model: 'local/test', baseURL: server.url, apiKey: 'none' });
  const agent = new SimpleAgent({ id: 'anna', client, systemPrompt: 'Answer.' });
  const worker = await startWorker({ redis, prefix, logDir, agents: [agent] });
  after(() => worker.close());
  const runner = await createBullRunner({ redis, prefix });
  after(() => runner.close());
  const history = [{ role: 'user' as const, content: 'before' }];
  await runner.respond(agent, { content: 'now' }, asked('m1', { history }));
  expect(server.requests[0]?.body).toMatchObject({
    messages: [{ content: 'Answer.' }, { content: 'before' }, { content: 'now' }],
  });
});

it.skipIf(noRedis)('says what is wrong with agents before it takes a message', async () => {
  const { url: redis, dir: logDir, prefix } = place;
  const echo = new Echo({ id: 'echo' });
  const start = (more: object) => startWorker({ redis, prefix, logDir, agents: [echo], ...more });
  const wrong = (why: string) => ({
    code: 'invalid_distributed_option',
    message: expect.stringContaining(why),
  });
  await expect(start({ agents: [] })).rejects.toMatchObject(wrong('at least one agent'));
  await expect(start({ agents: [echo, new Echo({ id: 'echo' })] })).rejects.toMatchObject(wrong('"echo"'));
  await expect(start({ roles: ['critic'] })).rejects.toMatchObject(wrong('no agent has the role "critic"'));
  await expect(start({ lockMs: 5 })).rejects.toMatchObject(wrong('lockMs'));
  await expect(start({ agents: 'anna' })).rejects.toMatchObject(wrong('agents must be'));
  const broken = defineWorker(() => {
    throw new Error('no key');
  });
  await expect(start({ agents: broken })).rejects.toThrow('no key');
});

it.skipIf(noRedis)('goes on when somebody puts something else into its queue', async () => {
  const { url: redis, dir: logDir, prefix } = place;
  const echo = new Echo({ id: 'echo' });
  const connection = await createClient({ url: redis }).connect();
  const queue = new Queue('role-agent', { connection, prefix: `${prefix}:queue` });
  after(async () => {
    await queue.close();
    connection.destroy();
  });
  const run = { id: '../../escaped' };
  const message = { content: 'hello' };
  await queue.add('odd', { nonsense: true }, { jobId: 'odd1' });
  await queue.add('odd', { message_id: 'm', agent_id: 'echo', message, run }, { jobId: 'odd2' });
  await queue.add('odd', { message_id: 'm', agent_id: 'echo', message: 5 }, { jobId: 'odd3' });
  const worker = await startWorker({ redis, prefix, logDir, agents: [echo] });
  after(() => worker.close());
  const runner = await createBullRunner({ redis, prefix });
  after(() => runner.close());
  expect((await runner.respond(echo, message, asked('m1'))).content).toBe('echo: hello');
  while ((await queue.getFailedCount()) < 3) await wait(10);
  expect(readdirSync(logDir)).toEqual([]);
});
