import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaseAgent, type IncomingMessage } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { findRun, verifyRun } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { startTestServer } from '@pd/llm-client/testing';
import { createClient } from 'redis';
import { expect, it } from 'vitest';
import { createBullRunner, defineWorker, startWorker } from '../../src/distributed.ts';
import { noRedis, withRedis } from './with-redis.ts';

const { place, after } = withRedis();

/** Shows the model what it is shown. */
const definitionFor = (baseURL: string) =>
  defineWorker(({ logger }) => {
    const client = createLLMClient({ model: 'local/test', baseURL, apiKey: 'none', logger });
    class Asking extends BaseAgent {
      protected override async reply({ content, attachments = [] }: IncomingMessage) {
        const parts = [{ type: 'text' as const, text: content }, ...attachments];
        const { text } = await client.chat({ messages: [{ role: 'user', content: parts }] });
        return { content: text };
      }
    }
    return [new Asking({ id: 'asking' })];
  });

class Elsewhere extends BaseAgent {
  protected override reply(): Promise<never> {
    throw new Error('answers in a worker');
  }
}
const agent = new Elsewhere({ id: 'asking' });
const asked = (messageId: string, run: { id: string; dir: string }) => ({
  messageId,
  run,
  signal: new AbortController().signal,
});

async function started(logDir: string, more = {}) {
  const { url: redis, prefix } = place;
  const server = await startTestServer();
  after(() => server.close());
  const worker = await startWorker({ redis, prefix, logDir, agents: definitionFor(server.url) });
  after(() => worker.close());
  const log = createCallLog({ dir: join(place.dir, 'logs') });
  after(() => log.close());
  const runner = await createBullRunner({ redis, prefix, logger: log.logger, ...more });
  after(() => runner.close());
  return { server, log, runner, worker };
}

/** What is kept in Redis of runs. */
async function leftInRedis(): Promise<string[]> {
  const client = await createClient({ url: place.url }).connect();
  const keys = await client.keys(`${place.prefix}:run[s:]*`);
  client.destroy();
  return keys;
}

it.skipIf(noRedis)('brings large parts too, byte for byte, and leaves nothing in Redis', async () => {
  const { log, runner } = await started(join(place.dir, 'worker'));
  const picture = randomBytes(300_000);
  const url = `data:image/png;base64,${picture.toString('base64')}`;
  const journal = await log.run({}, async (run) => {
    const attachments = [{ type: 'image_url' as const, image_url: { url } }];
    await runner.respond(agent, { content: 'what is this?', attachments }, asked('m1', run));
    await runner.collect(run.id);
    return run.journalPath;
  });
  const folder = journal.replace(/\.jsonl$/, '');
  const sha256 = createHash('sha256').update(picture).digest('hex');
  expect(readFileSync(join(folder, 'blobs', sha256))).toEqual(picture);
  const report = await verifyRun(await findRun(journal, '.'));
  expect(report.findings.filter(({ loss }) => loss)).toEqual([]);
  expect(await leftInRedis()).toEqual([]);
  const worker = join(place.dir, 'worker', folder.slice(folder.lastIndexOf('/')));
  for (const name of readdirSync(worker).filter((one) => one.endsWith('.jsonl')))
    expect(readFileSync(join(folder, name))).toEqual(readFileSync(join(worker, name)));
});

it.skipIf(noRedis)('doubles nothing when worker and coordinator write into the same folder', async () => {
  const { log, runner, server } = await started(join(place.dir, 'logs'));
  const journal = await log.run({}, async (run) => {
    for (let i = 0; i < 5; i++) await runner.respond(agent, { content: `${i}` }, asked(`m${i}`, run));
    expect((await readTree(run.journalPath)).run.totals.calls).toBe(5);
    expect(await runner.collect(run.id)).toEqual([]);
    return run.journalPath;
  });
  expect((await readTree(journal)).run.totals.calls).toBe(server.requests.length);
  expect(readdirSync(journal.replace(/\.jsonl$/, '')).filter((name) => name.endsWith('.jsonl'))).toHaveLength(
    1,
  );
});

it.skipIf(noRedis)('writes no content in workers when the run has none', async () => {
  const { runner } = await started(join(place.dir, 'worker'));
  const log = createCallLog({ dir: join(place.dir, 'private'), captureContent: false });
  after(() => log.close());
  const journal = await log.run({}, async (run) => {
    await runner.respond(agent, { content: 'my secret plan' }, asked('m1', run));
    await runner.collect(run.id);
    return run.journalPath;
  });
  const folder = journal.replace(/\.jsonl$/, '');
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  expect(text).toContain('"capture_content":false');
  expect(text).not.toContain('secret plan');
});

it.skipIf(noRedis)('says in the log of the run what a dead machine has not sent', async () => {
  const { log, runner } = await started(join(place.dir, 'worker'), { recordsTimeoutMs: 400 });
  const journal = await log.run({}, async (run) => {
    await runner.respond(agent, { content: 'hello' }, asked('m1', run));
    const client = await createClient({ url: place.url }).connect();
    const segment = '20261123T000000000Z-aaaaaa';
    const announced = { segment, worker: 'lost', host: 'elsewhere' };
    await client.hSet(`${place.prefix}:run:${run.id}:segments`, segment, JSON.stringify(announced));
    client.destroy();
    expect(await runner.collect(run.id)).toEqual([{ ...announced, bytes: 0 }]);
    return run.journalPath;
  });
  const { logs = [] } = await readTree(journal);
  expect(logs).toContainEqual(
    expect.objectContaining({ level: 'warn', message: expect.stringContaining('worker lost on elsewhere') }),
  );
});

it.skipIf(noRedis)('writes nothing outside of the run for whoever else writes to its stream', async () => {
  const { log, runner } = await started(join(place.dir, 'worker'));
  await log.run({}, async (run) => {
    await runner.respond(agent, { content: 'hello' }, asked('m1', run));
    const client = await createClient({ url: place.url }).connect();
    const stream = `${place.prefix}:run:${run.id}:records`;
    const header = (more: object) => `${JSON.stringify({ seq: 0, type: 'segment.start', ...more })}\n`;
    await client.xAdd(stream, '*', { s: '../escaped', o: '0', d: header({ run_id: run.id }) });
    await client.xAdd(stream, '*', {
      s: 'other',
      o: '0',
      d: header({ run_id: 'another', segment: 'other' }),
    });
    await client.xAdd(stream, '*', { s: 'gap', o: '500', d: 'x\n' });
    await client.xAdd(stream, '*', { b: 'f'.repeat(64), d: 'other bytes' });
    await client.xAdd(stream, '*', { nonsense: 'yes' });
    client.destroy();
    await runner.respond(agent, { content: 'again' }, asked('m2', run));
    await runner.collect(run.id);
    const folder = join(run.dir, run.id);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(existsSync(join(run.dir, 'escaped.jsonl'))).toBe(false);
  });
});

it.skipIf(noRedis)(
  'sends what a dead worker of the same folder has left, its torn last line too',
  async () => {
    const dead = join(place.dir, 'worker');
    const log = createCallLog({ dir: join(place.dir, 'logs') });
    after(() => log.close());
    const { url: redis, prefix } = place;
    const runner = await createBullRunner({ redis, prefix, logger: log.logger });
    after(() => runner.close());
    await log.run({}, async (run) => {
      const segment = '20261123T000000000Z-bbbbbb';
      const path = join(dead, run.id, `${segment}.jsonl`);
      mkdirSync(join(dead, run.id), { recursive: true });
      const gone = createCallLog({ join: { run_id: run.id, dir: dead }, tree: false });
      const own = gone.defaultRun().journalPath;
      await gone.close();
      // The same header, of a process that cannot be there any more.
      const [first = ''] = readFileSync(own, 'utf8').split('\n');
      const header = { ...JSON.parse(first), segment, pid: 2 ** 22 - 1, process_start: '1' };
      writeFileSync(path, `${JSON.stringify(header)}\n`);
      appendFileSync(
        path,
        '{"seq":1,"type":"log","at":"2026-11-23T00:00:00.000Z","level":"info","message":"bye"}\n{"seq":2,"ty',
      );
      const server = await startTestServer();
      after(() => server.close());
      const worker = await startWorker({ redis, prefix, logDir: dead, agents: definitionFor(server.url) });
      after(() => worker.close());
      await runner.respond(agent, { content: 'hello' }, asked('m1', run));
      expect(await runner.collect(run.id)).toEqual([]);
      expect(readFileSync(join(run.dir, run.id, `${segment}.jsonl`))).toEqual(readFileSync(path));
    });
  },
);
