import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BaseAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startTestServer } from '@pd/llm-client/testing';
import { expect, it } from 'vitest';
import { startRedis } from '../../../agents/test/start-redis.ts';
import { createBullRunner, defineWorker, startWorker } from '../../src/distributed.ts';
import { noRedis, withRedis } from './with-redis.ts';

const { after } = withRedis();

/** Asks a model, remembers nothing. */
class Asking extends BaseAgent {
  readonly #client: ReturnType<typeof createLLMClient> | undefined;

  constructor(client?: ReturnType<typeof createLLMClient>) {
    super({ id: 'asking' });
    this.#client = client;
  }

  protected override async reply({ content }: { content: string }, { signal }: { signal?: AbortSignal }) {
    const result = await this.#client?.chat({
      messages: [{ role: 'user', content }],
      ...(signal !== undefined && { signal }),
    });
    return { content: result?.text ?? '' };
  }
}

async function ownRedis() {
  const dir = mkdtempSync(join(tmpdir(), 'pd-redis-gone-'));
  after(() => rmSync(dir, { recursive: true, force: true }));
  const server = await startRedis(dir);
  after(() => server.kill());
  return { dir, server, port: Number(new URL(server.url).port) };
}

const asked = (messageId: string, more = {}) => ({
  messageId,
  run: undefined,
  signal: new AbortController().signal,
  ...more,
});

it.skipIf(noRedis)('says so when there is no Redis', async () => {
  const nobody = { redis: 'redis://127.0.0.1:9', redisTimeoutMs: 300 };
  const gone = { code: 'redis_unavailable', message: expect.stringContaining('127.0.0.1:9') };
  await expect(createBullRunner(nobody)).rejects.toMatchObject(gone);
  await expect(startWorker({ ...nobody, logDir: 'x', agents: [new Asking()] })).rejects.toMatchObject(gone);
  await expect(createBullRunner({ redis: 'nowhere' })).rejects.toMatchObject({
    code: 'invalid_distributed_option',
  });
});

it.skipIf(noRedis)('gives up those who wait when Redis goes and stays away', async () => {
  const { server } = await ownRedis();
  const runner = await createBullRunner({ redis: server.url, redisTimeoutMs: 600 });
  after(() => runner.close());
  const waiting = runner.respond(new Asking(), { content: 'hello' }, asked('m1'));
  waiting.catch(() => {});
  await wait(300);
  await server.kill();
  await expect(waiting).rejects.toMatchObject({ code: 'redis_unavailable' });
  await expect(runner.respond(new Asking(), { content: 'again' }, asked('m2'))).rejects.toMatchObject({
    code: 'redis_unavailable',
  });
});

it.skipIf(noRedis)(
  'goes on where it was when Redis stops and starts in the middle',
  async () => {
    const { dir, server, port } = await ownRedis();
    const model = await startTestServer({
      answers: () => ({ faults: [{ type: 'slow_start', delayMs: 20 }] }),
    });
    after(() => model.close());
    const definition = defineWorker(({ logger }) => [
      new Asking(createLLMClient({ model: 'local/test', baseURL: model.url, apiKey: 'none', logger })),
    ]);
    const lines: string[] = [];
    const worker = await startWorker({
      redis: server.url,
      redisTimeoutMs: 4_000,
      logDir: join(dir, 'worker'),
      agents: definition,
      concurrency: 4,
      lockMs: 5_000,
      report: (line) => lines.push(line),
    });
    after(() => worker.close());
    const log = createCallLog({ dir: join(dir, 'logs') });
    const runner = await createBullRunner({
      redis: server.url,
      redisTimeoutMs: 4_000,
      logger: log.logger,
    });
    after(() => runner.close());
    const count = 120;
    const journal = await log.run({}, async (run) => {
      const asking = Array.from({ length: count }, (_, i) =>
        runner.respond(new Asking(), { content: `message ${i}` }, asked(`m${i}`, { run })),
      );
      while (model.requests.length < 30) await wait(5);
      await server.kill();
      await wait(700);
      const again = await startRedis(dir, [], port);
      // Before the worker and the runner leave, which have to come to an end all the same.
      after(() => again.kill());
      const replies = await Promise.all(asking);
      expect(replies.every(({ content }) => content !== '')).toBe(true);
      expect(await runner.collect(run.id)).toEqual([]);
      return run.journalPath;
    });
    await log.close();
    const tree = await readTree(journal);
    expect(tree.run.totals.calls).toBe(model.requests.length);
    // What was under way when Redis went may have been asked twice, and nothing else.
    expect(model.requests.length).toBeLessThanOrEqual(count + 4);
    expect(tree.orphans).toEqual([]);
  },
  60_000,
);
