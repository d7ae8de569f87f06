import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createCallLog, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import type { RunTree } from '@pd/call-log/schema';
import { createLLMClient } from '@pd/llm-client';
import { startTestServer } from '@pd/llm-client/testing';
import { expect, it } from 'vitest';
import { startWorker } from '../../src/distributed.ts';
import { runScenario } from '../../src/index.ts';
import definition, { talk } from './fixtures/talk.ts';
import { noRedis, withRedis } from './with-redis.ts';

const { place, after } = withRedis();
const TURNS = 6;

function coordinator(how: 'run' | 'resume', runId: string): { child: ChildProcess; output: () => string } {
  const program = join(import.meta.dirname, 'fixtures/run-talk.ts');
  const args = [how, place.url, place.prefix, join(place.dir, 'logs'), runId, String(TURNS)];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => child.kill('SIGKILL'));
  let text = '';
  child.stdout?.on('data', (data: Buffer) => {
    text += data.toString();
  });
  return { child, output: () => text };
}

/** What a tree says, whoever has made the calls and in whatever segment. */
const said = (tree: RunTree) => {
  const { agents, messages } = canonicalTree(tree);
  return {
    calls: agents.flatMap(({ id, calls }) =>
      calls.map(({ pre, post }) => ({ id, pre, post: post?.message })),
    ),
    messages: messages.map(({ from, to, content, status }) => ({ from, to, content, status })),
  };
};

it.skipIf(noRedis)(
  'is the same scenario over workers, and goes on when its coordinator is killed',
  async () => {
    const texts = ['A stage.', 'A library.', 'A garden.', 'A clock.', 'A door.', 'A song.'];
    const answerTo = ({ body }: { body: unknown }) => {
      const { messages } = body as { messages: { role: string }[] };
      const number = messages.filter(({ role }) => role !== 'system').length - 1;
      const text = texts[number % texts.length] ?? '';
      return { text, faults: [{ type: 'slow_start' as const, delayMs: 150 }] };
    };
    const server = await startTestServer({ answers: answerTo });
    after(() => server.close());
    const dir = join(place.dir, 'logs');

    const log = createCallLog({ dir });
    const client = createLLMClient({
      model: 'local/test',
      baseURL: server.url,
      apiKey: 'none',
      logger: log.logger,
    });
    const here = await runScenario(talk, { log, client, input: { turns: TURNS }, runId: 'here', seed: 7 });
    await log.close();
    const asked = server.requests.length;

    process.env.PD_TEST_SERVER = server.url;
    // What one of them is told, the other one does not hear.
    for (const name of ['worker-1', 'worker-2']) {
      const { url: redis, prefix } = place;
      const worker = await startWorker({ redis, prefix, logDir: join(place.dir, name), agents: definition });
      after(() => worker.close());
    }
    const killed = coordinator('run', 'there');
    while (server.requests.length < asked + 3) await wait(5);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const resumed = coordinator('resume', 'there');
    expect(await once(resumed.child, 'exit')).toEqual([0, null]);
    expect(JSON.parse(resumed.output())).toEqual({
      reason: here.reason,
      turns: here.turns,
      content: here.content,
    });

    expect(server.requests).toHaveLength(asked * 2);
    const tree = await readTree(join(dir, 'there.jsonl'));
    expect(tree.run.status).toBe('completed');
    expect(said(tree)).toEqual(said(await readTree(join(dir, 'here.jsonl'))));
  },
  60_000,
);
