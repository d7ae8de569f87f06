/**
 * How many messages a second go through Redis to agents in two worker processes and back, beside bare BullMQ (jobs in, results
 * out, nothing recorded) and the floor (round trips to Redis)? What does a message take in Redis, and a call in the journal? How
 * long until the messages of a worker that was killed are answered by another?
 *
 * Messages of 600 bytes, 200 at a time; Redis on this machine without a disk. Medians over the rounds.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BaseAgent } from '@pd/agents';
import { createCallLog } from '@pd/call-log';
import { createBullRunner } from '@pd/scenarios/distributed';
import { Queue, QueueEvents } from 'bullmq';
import { createClient } from 'redis';
import { startServer } from '../llm-client/start-server.ts';
import { median } from '../measure/median.ts';

const MESSAGES = 5_000;
const WARM_UP = 500;
const AT_A_TIME = 200;
const ROUNDS = 3;
const CONTENT = 'How does a bridge stay up? '.repeat(22);
const LOCK_MS = 5_000;

class Elsewhere extends BaseAgent {
  protected override reply(): Promise<never> {
    throw new Error('answers in a worker');
  }
}
const agent = new Elsewhere({ id: 'answering' });

const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
const children: ChildProcess[] = [];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startRedis(): Promise<string> {
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
  ];
  children.push(spawn('redis-server', args, { stdio: 'ignore' }));
  const url = `redis://127.0.0.1:${port}`;
  for (;;) {
    const client = createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => {});
    const connected = await client.connect().then(
      () => true,
      () => false,
    );
    if (client.isOpen) client.destroy();
    if (connected) return url;
    await wait(20);
  }
}

async function startWorker(...args: string[]): Promise<ChildProcess> {
  const file = join(import.meta.dirname, 'distributed-worker.ts');
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function end(...ended: ChildProcess[]): Promise<void> {
  for (const child of ended) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** CPU time of this process and of all that it has started, in microseconds. @see proc_pid_stat(5), 100 ticks a second */
function cpuUs(): { own: number; redis: number; all: number } {
  const { user, system } = process.cpuUsage();
  const [redis = 0, ...workers] = children.map(({ pid, exitCode, signalCode }) => {
    if (exitCode !== null || signalCode !== null) return 0;
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  });
  const own = user + system;
  return { own, redis, all: workers.reduce((sum, worker) => sum + worker, own + redis) };
}

interface Rate {
  perSecond: number;
  /** CPU time of a message in this process, in microseconds. */
  ownUs: number;
  /** In Redis. */
  redisUs: number;
  /** In all processes. */
  allUs: number;
}

/** Messages a second, so many at a time. */
async function rate(count: number, ask: (number: number) => Promise<unknown>): Promise<Rate> {
  let next = 0;
  const before = cpuUs();
  const startedMs = performance.now();
  const lane = async () => {
    while (next < count) await ask(next++);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  const perSecond = (count / (performance.now() - startedMs)) * 1_000;
  const after = cpuUs();
  const each = (part: 'own' | 'redis' | 'all') => (after[part] - before[part]) / count;
  return { perSecond, ownUs: each('own'), redisUs: each('redis'), allUs: each('all') };
}

const asked = (messageId: string, run?: { id: string; dir: string }) => ({
  messageId,
  run,
  signal: new AbortController().signal,
});

async function measureFloor(url: string): Promise<Rate> {
  const client = await createClient({ url }).connect();
  const roundTrip = () => client.set('floor', CONTENT);
  await rate(WARM_UP, roundTrip);
  const result = await rate(MESSAGES, roundTrip);
  client.destroy();
  return result;
}

async function measureBare(url: string): Promise<Rate> {
  const workers = await Promise.all([startWorker('bullmq', url), startWorker('bullmq', url)]);
  const connection = await createClient({ url }).connect();
  const queue = new Queue('bare', { connection });
  const events = new QueueEvents('bare', { connection });
  await events.waitUntilReady();
  const waiting = new Map<string, (value: unknown) => void>();
  events.on('completed', ({ jobId, returnvalue }) => waiting.get(jobId)?.(returnvalue));
  const ask = async (number: number, name: string) => {
    const jobId = `${name}${number}`;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    waiting.set(jobId, resolve);
    await queue.add('m', { message: { content: CONTENT } }, { jobId, removeOnComplete: true });
    await promise;
    waiting.delete(jobId);
  };
  await rate(WARM_UP, (i) => ask(i, 'w'));
  const result = await rate(MESSAGES, (i) => ask(i, 'm'));
  await events.close();
  await queue.close();
  await end(...workers);
  connection.destroy();
  return result;
}

async function usedMemory(url: string): Promise<number> {
  const client = await createClient({ url }).connect();
  const bytes = Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]);
  client.destroy();
  return bytes;
}

async function measureOurs(url: string): Promise<Rate> {
  const workers = await Promise.all(['a', 'b'].map((name) => startWorker('ours', url, join(dir, name))));
  const runner = await createBullRunner({ redis: url });
  const ask = (i: number, name: string) => runner.respond(agent, { content: CONTENT }, asked(`${name}${i}`));
  await rate(WARM_UP, (i) => ask(i, 'w'));
  const result = await rate(MESSAGES, (i) => ask(i, 'm'));
  await runner.close();
  await end(...workers);
  return result;
}

/** With a model call for each message, recorded in the worker and sent. */
async function measureCalls(url: string, baseURL: string) {
  const folders = ['c', 'd'].map((name) => join(dir, name));
  const workers = await Promise.all(folders.map((folder) => startWorker('ours', url, folder, baseURL)));
  const log = createCallLog({ dir: join(dir, 'logs'), tree: false });
  const runner = await createBullRunner({ redis: url });
  const result = await log.run({}, async (run) => {
    const ask = (i: number, name: string) =>
      runner.respond(agent, { content: CONTENT }, asked(`${name}${i}`, run));
    await rate(WARM_UP, (i) => ask(i, 'w'));
    const measured = await rate(MESSAGES, (i) => ask(i, 'm'));
    await runner.collect(run.id);
    const folder = join(run.dir, run.id);
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    return { measured, journalBytes: bytes / (MESSAGES + WARM_UP) };
  });
  await runner.close();
  await log.close();
  await end(...workers);
  return result;
}

/** Bytes that messages take which wait for a worker. */
async function measureMemory(url: string): Promise<number> {
  const before = await usedMemory(url);
  const runner = await createBullRunner({
    redis: url,
    prefix: 'memory',
    noWorkerMs: 600_000,
    warnAfterMs: 600_000,
  });
  const count = 20_000;
  for (let i = 0; i < count; i++) runner.respond(agent, { content: CONTENT }, asked(`m${i}`)).catch(() => {});
  const client = await createClient({ url }).connect();
  while ((await client.lLen('memory:queue:role-agent:wait')) < count) await wait(50);
  client.destroy();
  const bytes = ((await usedMemory(url)) - before) / count;
  await runner.close();
  return bytes;
}

/** Until the last message of a killed worker is answered by another, in milliseconds. */
async function measureRecovery(url: string, baseURL: string): Promise<number> {
  const start = (name: string, model: string) =>
    startWorker('ours', url, join(dir, name), model, String(LOCK_MS));
  // Its model never answers, so that all messages are with it when it is killed.
  const killed = await start('e', `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1`);
  const runner = await createBullRunner({ redis: url });
  const answers = Array.from({ length: 50 }, (_, i) =>
    runner.respond(agent, { content: CONTENT }, asked(`r${Math.random()}${i}`)),
  );
  await wait(300);
  const other = await start('f', baseURL);
  await end(killed);
  const startedMs = performance.now();
  await Promise.all(answers);
  const result = performance.now() - startedMs;
  await runner.close();
  await end(other);
  return result;
}

const results: Record<string, number[]> = {};
const note = (name: string, value: number) => {
  results[name] = [...(results[name] ?? []), value];
};
const noteRate = (name: string, { perSecond, ownUs, redisUs, allUs }: Rate) => {
  note(`${name}: a second`, perSecond);
  note(`${name}: CPU µs, this process`, ownUs);
  note(`${name}: CPU µs, Redis`, redisUs);
  note(`${name}: CPU µs, all processes`, allUs);
};
const model = await startServer();
const silent = createServer().listen(0, '127.0.0.1');
await once(silent, 'listening');
try {
  const url = await startRedis();
  for (let round = 1; round <= ROUNDS; round++) {
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
    noteRate('round trips to Redis', await measureFloor(url));
    noteRate('bare BullMQ', await measureBare(url));
    noteRate('runner and workers', await measureOurs(url));
    const { measured, journalBytes } = await measureCalls(url, `${model.origin}/v1`);
    noteRate('with a recorded model call each', measured);
    note('journal, bytes a call', journalBytes);
    note('Redis, bytes a waiting message', await measureMemory(url));
    note(`recovery after kill -9, ms (lock ${LOCK_MS} ms)`, await measureRecovery(url, `${model.origin}/v1`));
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
  model.stop();
  silent.close();
  rmSync(dir, { recursive: true, force: true });
}
for (const [name, values] of Object.entries(results))
  process.stdout.write(`${name.padEnd(60)} ${Math.round(median(values)).toLocaleString('en')}\n`);
