import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Agent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { findRun, verifyRun } from '@pd/call-log/reader';
import { startTestServer, type TestServer } from '@pd/llm-client/testing';
import { expect, it } from 'vitest';
import { type BullRunner, createBullRunner } from '../../src/distributed.ts';
import { anna, bert, carl } from './placeholder-agents.ts';
import { startWorkerProcess } from './start-worker-process.ts';
import { noRedis, withRedis } from './with-redis.ts';

const { place, after } = withRedis();

const ask = (
  runner: BullRunner,
  agent: Agent,
  number: number,
  run: { id: string; dir: string } | undefined,
) =>
  runner.respond(
    agent,
    { content: `message ${number}.` },
    { messageId: `m${number}`, run, signal: new AbortController().signal },
  );

async function workers(server: TestServer, args: string[] = [], env: Record<string, string> = {}) {
  const start = async (logs: string) => {
    const worker = await startWorkerProcess({
      redis: place.url,
      prefix: place.prefix,
      logs: join(place.dir, logs),
      server: server.url,
      args,
      env,
    });
    after(() => worker.end('SIGKILL'));
    return worker;
  };
  return { start };
}

/** What a request is about: its last message, after those the agent remembers. */
const asked = (request: unknown) =>
  JSON.stringify(request)
    .match(/message \d+\./g)
    ?.at(-1) ?? '';

/** How often each message was sent to the server. */
function ledger(server: TestServer): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of server.requests) {
    const text = asked(body);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

it.skipIf(noRedis)(
  'loses no message and no call when workers are killed, paused and added',
  async () => {
    const server = await startTestServer({
      answers: () => ({ faults: [{ type: 'slow_start', delayMs: 30 }] }),
    });
    after(() => server.close());
    const { start } = await workers(server, ['--lock-ms', '2000', '--concurrency', '3']);
    const [killed, paused] = await Promise.all([start('one'), start('one')]);
    const log = createCallLog({ dir: join(place.dir, 'logs') });
    const runner = await createBullRunner({ redis: place.url, prefix: place.prefix, logger: log.logger });
    after(() => runner.close());

    const count = 150;
    const settled: string[] = [];
    const journal = await log.run({ name: 'workers' }, async (run) => {
      const asking = Array.from({ length: count }, async (_, i) => {
        const reply = await ask(runner, i % 2 === 0 ? anna : bert, i, run);
        settled.push(`m${i}`);
        return reply;
      });
      while (server.requests.length < 20) await wait(5);
      await killed.end('SIGKILL');
      while (server.requests.length < 40) await wait(5);
      paused.child.kill('SIGSTOP');
      const added = await start('two');
      // Longer than its lock: others have its messages by the time it goes on.
      await wait(2_500);
      paused.child.kill('SIGCONT');
      const replies = await Promise.all(asking);
      expect(replies.every(({ content }) => content !== '')).toBe(true);
      await paused.end('SIGTERM');
      await start('one');
      expect(await runner.collect(run.id)).toEqual([]);
      await added.end('SIGTERM');
      return run.journalPath;
    });
    await log.close();

    expect(new Set(settled).size).toBe(count);
    expect(settled).toHaveLength(count);
    const tree = await readTree(journal);
    const calls = tree.agents.flatMap((agent) => agent.calls);
    // Every request that the server has seen is in the tree; what was cut off may not have come to the server.
    const seen = ledger(server);
    const recorded = new Map<string, number>();
    for (const call of calls) {
      const text = asked(call.pre.messages);
      recorded.set(text, (recorded.get(text) ?? 0) + call.attempts.length);
    }
    for (const [text, times] of seen) expect(recorded.get(text) ?? 0, text).toBeGreaterThanOrEqual(times);
    const cut = calls.filter(({ status }) => status === 'interrupted' || status === 'aborted').length;
    const attempts = calls.flatMap((call) => call.attempts).length;
    expect(attempts - server.requests.length).toBeLessThanOrEqual(cut);
    expect(calls.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(count);
    // Three were under way at each of the two interruptions, at most.
    expect(calls.length).toBeLessThanOrEqual(count + 6);
    expect(tree.orphans).toEqual([]);
    const findings = (await verifyRun(await findRun(journal, '.'))).findings.filter(({ loss }) => loss);
    expect(findings).toEqual([]);
  },
  60_000,
);

it.skipIf(noRedis)('gives an error of an agent with its name, code and message', async () => {
  const server = await startTestServer();
  after(() => server.close());
  const { start } = await workers(server);
  const worker = await start('one');
  const runner = await createBullRunner({ redis: place.url, prefix: place.prefix });
  after(() => runner.close());
  await expect(ask(runner, carl, 1, undefined)).rejects.toMatchObject({
    name: 'RemoteAgentError',
    code: 'remote_agent_failed',
    failure: { name: 'TypeError', code: 'made_to_fail', message: 'message 1.' },
  });
  expect(await worker.end('SIGTERM')).toBe(0);
});

it.skipIf(noRedis)('has a worker with another version refuse, and another take the message', async () => {
  const server = await startTestServer();
  after(() => server.close());
  const old = await (await workers(server, [], { PD_TEST_VERSION: '1' })).start('old');
  const runner = await createBullRunner({
    redis: place.url,
    prefix: place.prefix,
    version: '2',
    noWorkerMs: 1_500,
    warnAfterMs: 300,
  });
  after(() => runner.close());
  await expect(ask(runner, anna, 1, undefined)).rejects.toMatchObject({
    code: 'no_worker',
    reason: 'other_version',
    message: expect.stringContaining('version 2 of "anna" is asked for, and the workers have 1'),
  });
  expect(old.output()).toContain(
    'refused a message for "anna": version 2 is asked for, and this worker has 1',
  );
  await (await workers(server, [], { PD_TEST_VERSION: '2' })).start('new');
  // The old one may take it and refuse it a few times more.
  const patient = await createBullRunner({ redis: place.url, prefix: place.prefix, version: '2' });
  after(() => patient.close());
  expect((await ask(patient, anna, 1, undefined)).content).not.toBe('');
  expect(server.requests).toHaveLength(1);
});

it.skipIf(noRedis)(
  'finishes what it is doing when it is asked to end, and leaves at once the second time',
  async () => {
    const server = await startTestServer({
      answers: () => ({ faults: [{ type: 'slow_start', delayMs: 700 }] }),
    });
    after(() => server.close());
    const { start } = await workers(server);
    const polite = await start('one');
    const runner = await createBullRunner({ redis: place.url, prefix: place.prefix });
    after(() => runner.close());
    const asked = ask(runner, anna, 1, undefined);
    while (server.requests.length < 1) await wait(5);
    const ended = polite.end('SIGTERM');
    expect((await asked).content).not.toBe('');
    expect(await ended).toBe(0);

    const hasty = await start('one');
    ask(runner, anna, 2, undefined).catch(() => {});
    while (server.requests.length < 2) await wait(5);
    hasty.child.kill('SIGINT');
    await wait(100);
    expect(await hasty.end('SIGINT')).toBe(130);
  },
);
