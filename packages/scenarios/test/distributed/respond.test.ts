import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaseAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startTestServer } from '@pd/llm-client/testing';
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
