import { EventEmitter, once } from 'node:events';
import { setImmediate as immediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import type { CallLog } from '../src/call-log-contract.ts';
import { bindContext, withAgent, withoutContext } from '../src/identity/context.ts';
import { readTree } from '../src/reader/read-tree.ts';
import { recordOpenAI } from '../src/record-openai/record-openai.ts';
import { shareRun } from '../src/run-share.ts';
import type { CallNode, RunTree } from '../src/schema/tree.ts';
import { callsById, expandRequest } from '../src/tree/expand-request.ts';
import { only, useTempDir } from './helpers.ts';
import {
  completion,
  events,
  json,
  startTestServer,
  stop,
  type TestServer,
  tooMany,
  words,
} from './openai-server.ts';

/**
 * Programs in which whoever asks is easily mistaken for somebody else. In each one, what is asked (`by ann`) says
 * whose call it ought to be, and `owners` reads from the tree whose it is.
 */
const tempDir = useTempDir();
let log: CallLog;
let server: TestServer;
let openai: OpenAI;

beforeEach(async () => {
  server = await startTestServer((response, request) => {
    const asked = server.requests.at(-1) ?? {};
    const answer = asked.stream ? events([...words('a', 'b'), stop]) : json(completion());
    return answer(response, request);
  });
  log = createCallLog({ dir: tempDir(), defaultRun: { id: 'main' }, tree: false });
  const client = new OpenAI({ baseURL: server.url, apiKey: 'k', logLevel: 'off' });
  openai = recordOpenAI(client, { logger: log.logger });
});
afterEach(() => server[Symbol.asyncDispose]());

const ask = (content: string) => ({ model: 'm', messages: [{ role: 'user' as const, content }] });
const create = (content: string) => openai.chat.completions.create(ask(content));
const createStream = (content: string) => openai.chat.completions.create({ ...ask(content), stream: true });
const ann = { id: 'ann' };
const bob = { id: 'bob' };

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

/** Closes the log and reads a run. */
async function treeOf(run = 'main'): Promise<RunTree> {
  await log.close();
  const tree = await readTree(`${tempDir()}/${run}.jsonl`);
  expect(tree.orphans).toEqual([]);
  for (const { calls } of tree.agents) for (const call of calls) expect(call).toMatchObject(ended(call));
  return tree;
}

/** One ending each, of the call and of each of its attempts. */
function ended({ attempts, ended_at }: CallNode) {
  expect(ended_at).toBeDefined();
  for (const attempt of attempts) expect(attempt.ended_at).toBeDefined();
  return { status: 'ok' };
}

/** What was asked → who asked, and how that was found out. */
function owners(tree: RunTree): Record<string, string> {
  const all = callsById(tree);
  return Object.fromEntries(
    tree.agents.flatMap(({ id, calls }) =>
      calls.map((call) => [only(expandRequest(call, all)).content, `${id} (${call.agent_source})`]),
    ),
  );
}

describe('whose call it is', () => {
  it('a generator consumed elsewhere: of whoever made the generator', async () => {
    async function* twoAnswers(name: string) {
      yield await create(`first ${name}`);
      yield await create(`second ${name}`);
    }
    const generator = withAgent(ann, () => twoAnswers('by ann'));
    await withAgent(bob, async () => {
      for await (const _ of generator) await create('between, by bob');
      // Left early, and of bob's own making.
      for await (const _ of twoAnswers('by bob')) break;
    });
    expect(owners(await treeOf())).toEqual({
      'first by ann': 'ann (context)',
      'second by ann': 'ann (context)',
      'between, by bob': 'bob (context)',
      'first by bob': 'bob (context)',
    });
  });

  it('a promise pool: of whoever waits for a place in it, and of whoever bound the job', async () => {
    const pool = createPool();
    const viaPlace = (agent: { id: string }) =>
      withAgent(agent, async () => {
        await pool.place();
        await create(`place, by ${agent.id}`);
        pool.leave();
      });
    const viaJob = (agent: { id: string }) =>
      // Without `bindContext` the job would run for whoever finished before it.
      withAgent(agent, () => pool.run(bindContext(() => create(`job, by ${agent.id}`))));
    await Promise.all([viaPlace(ann), viaJob(bob), viaPlace(bob), viaJob(ann)]);
    expect(owners(await treeOf())).toEqual({
      'place, by ann': 'ann (context)',
      'job, by bob': 'bob (context)',
      'place, by bob': 'bob (context)',
      'job, by ann': 'ann (context)',
    });
  });

  it('an event emitter: of the listener that is bound; nobody’s when nobody is around the emitter', async () => {
    const emitter = new EventEmitter();
    const asked: Promise<unknown>[] = [];
    const listener = (name: string) => () => asked.push(create(name));
    withAgent(ann, () => {
      emitter.on('bound', bindContext(listener('by ann')));
      emitter.on('unbound', listener('by nobody we know'));
    });
    withAgent(bob, () => emitter.emit('bound'));
    emitter.emit('unbound');
    await Promise.all(asked);
    const tree = await treeOf();
    expect(owners(tree)).toEqual({
      'by ann': 'ann (context)',
      'by nobody we know': 'unknown_agent (unknown)',
    });
  });

  it('a queue worker: of the job’s agent; nobody’s when the job does not say', async () => {
    type Job = { agent?: { id: string }; asks: string };
    const queue: Job[] = [];
    const wake = new EventEmitter();
    // The first who needs it starts it, and must not be credited with everything that is done there.
    const start = (jobs: number) =>
      withoutContext(async () => {
        for (let done = 0; done < jobs; done++) {
          if (queue.length === 0) await once(wake, 'job');
          const { agent, asks } = queue.shift() ?? { asks: '?' };
          await (agent === undefined ? create(asks) : withAgent(agent, () => create(asks)));
        }
      });
    const enqueue = (job: Job) => {
      queue.push(job);
      wake.emit('job');
    };
    let worker: Promise<void> | undefined;
    await withAgent(ann, async () => {
      worker = start(3);
      enqueue({ agent: ann, asks: 'by ann' });
      await immediate();
    });
    withAgent(bob, () => enqueue({ agent: bob, asks: 'by bob' }));
    withAgent(bob, () => enqueue({ asks: 'by nobody we know' }));
    await worker;
    expect(owners(await treeOf())).toEqual({
      'by ann': 'ann (context)',
      'by bob': 'bob (context)',
      'by nobody we know': 'unknown_agent (unknown)',
    });
  });

  it('nested agents: of the innermost, which has the one around it for a parent', async () => {
    await withAgent({ id: 'boss' }, async () => {
      await create('plan, by boss');
      await Promise.all([ann, bob].map((agent) => withAgent(agent, () => create(`by ${agent.id}`))));
      await create('sum up, by boss');
    });
    const tree = await treeOf();
    expect(owners(tree)).toEqual({
      'plan, by boss': 'boss (context)',
      'by ann': 'ann (context)',
      'by bob': 'bob (context)',
      'sum up, by boss': 'boss (context)',
    });
    expect(Object.fromEntries(tree.agents.map(({ id, parent_id }) => [id, parent_id]))).toEqual({
      boss: undefined,
      ann: 'boss',
      bob: 'boss',
    });
  });

  it('a stream handed on: of whoever asked for it, not of whoever reads it', async () => {
    const stream = await withAgent(ann, () => createStream('by ann'));
    const [left, right] = (await withAgent(ann, () => createStream('teed, by ann'))).tee();
    await withAgent(bob, async () => {
      await drain(stream);
      await create('by bob');
      await Promise.all([drain(left), withAgent({ id: 'carl' }, () => drain(right))]);
    });
    const tree = await treeOf();
    expect(owners(tree)).toEqual({
      'by ann': 'ann (context)',
      'teed, by ann': 'ann (context)',
      'by bob': 'bob (context)',
    });
  });

  it('a retry timer: of whoever asked first, as attempts of one call', async () => {
    server.answer(
      tooMany({ 'retry-after-ms': '30' }),
      tooMany({ 'retry-after-ms': '5' }),
      json(completion()),
    );
    const retried = withAgent(ann, () => create('by ann'));
    while (server.requests.length === 0) await immediate();
    // While the timer of the first call runs, others ask and retry over the same connections.
    await withAgent(bob, () => create('by bob'));
    await retried;
    // A timer of the program's own.
    await withAgent(ann, async () => {
      await new Promise((resolve) => setTimeout(() => resolve(create('again, by ann')), 1));
    });
    const tree = await treeOf();
    expect(owners(tree)).toEqual({
      'by ann': 'ann (context)',
      'by bob': 'bob (context)',
      'again, by ann': 'ann (context)',
    });
    const attempts = tree.agents.map(({ id, calls }) => [id, calls.map((call) => call.attempts.length)]);
    expect(Object.fromEntries(attempts)).toEqual({ ann: [2, 1], bob: [2] });
    expect(tree.run.totals).toMatchObject({ calls: 3, attempts: 5 });
  });

  it('setImmediate: of whoever scheduled it, also when everything around it is over', async () => {
    const asked = Promise.withResolvers<unknown>();
    withAgent(ann, () => {
      setImmediate(() => process.nextTick(() => queueMicrotask(() => asked.resolve(create('by ann')))));
    });
    await withAgent(bob, () => asked.promise);
    expect(owners(await treeOf())).toEqual({ 'by ann': 'ann (context)' });
  });

  it('a message from a worker: of whoever awaits the answer; nobody’s in the listener of a shared worker', async () => {
    const echo = `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', (message) => parentPort.postMessage(message));`;
    const replies = new EventEmitter();
    const inListener: Promise<unknown>[] = [];
    let worker: Worker | undefined;
    // Created for the first who asks; its messages come in the context in which it was created.
    const shared = () =>
      (worker ??= withoutContext(() => {
        const created = new Worker(echo, { eval: true });
        return created.on('message', (name: string) => {
          if (name === 'bob') inListener.push(create('by nobody we know'));
          replies.emit(name);
        });
      }));
    const askWorker = async (agent: { id: string }) => {
      const reply = once(replies, agent.id);
      shared().postMessage(agent.id);
      await reply;
      await create(`by ${agent.id}`);
    };
    await withAgent(ann, () => askWorker(ann));
    await withAgent(bob, () => askWorker(bob));
    await Promise.all(inListener);
    await worker?.terminate();
    expect(owners(await treeOf())).toEqual({
      'by ann': 'ann (context)',
      'by bob': 'bob (context)',
      'by nobody we know': 'unknown_agent (unknown)',
    });
  });

  it('a call in a worker: of the agent the message names, else of the one who shared the run, else nobody’s', async () => {
    const path = fileURLToPath(new URL('fixtures/asking-worker.mjs', import.meta.url));
    const run = log.defaultRun();
    const inWorker = async (workerData: object, jobs: { agent?: object; asks: string }[]) => {
      const worker = new Worker(path, { workerData: { ...workerData, url: server.url } });
      for (const job of jobs) worker.postMessage(job);
      worker.postMessage('end');
      await once(worker, 'exit');
    };
    await withAgent(ann, () =>
      inWorker({ share: shareRun(run) }, [{ asks: 'by ann' }, { agent: bob, asks: 'by bob' }]),
    );
    await inWorker({ share: shareRun(run) }, [{ asks: 'by nobody we know' }]);
    expect(owners(await treeOf())).toEqual({
      'by ann': 'ann (context)',
      'by bob': 'bob (context)',
      'by nobody we know': 'unknown_agent (unknown)',
    });
  });

  it('a shared client: of the agent around each call; a bound one keeps its own', async () => {
    const bound = recordOpenAI(openai, { logger: log.logger, agent: { id: 'carl' } });
    // The first call opens the connection that the others use.
    await withAgent(ann, () => create('by ann'));
    await withAgent(bob, () => create('by bob'));
    await create('by nobody we know');
    await withAgent(bob, () => bound.chat.completions.create(ask('by carl')));
    expect(owners(await treeOf())).toEqual({
      'by ann': 'ann (context)',
      'by bob': 'bob (context)',
      'by nobody we know': 'unknown_agent (unknown)',
      'by carl': 'carl (binding)',
    });
  });

  it('parallel agents with one client, in several runs: each call of its agent and its run', async () => {
    const runs = ['r1', 'r2', 'r3'];
    const agents = ['ann', 'bob', 'carl', 'dora'];
    const turns = async (run: string, id: string) => {
      for (let turn = 0; turn < 3; turn++) {
        if (turn % 2 === 0) await create(`${run} ${id} ${turn}`);
        else await drain(await createStream(`${run} ${id} ${turn}`));
      }
    };
    await Promise.all(
      runs.map((run) =>
        log.run({ id: run }, () => Promise.all(agents.map((id) => withAgent({ id }, () => turns(run, id))))),
      ),
    );
    for (const run of runs) {
      const tree = await treeOf(run);
      expect(owners(tree)).toEqual(
        Object.fromEntries(
          agents.flatMap((id) => [0, 1, 2].map((turn) => [`${run} ${id} ${turn}`, `${id} (context)`])),
        ),
      );
      expect(tree.run.totals).toMatchObject({ calls: 12, attempts: 12, input_tokens: 56 });
    }
  });

  it('a late subscription: of whoever asked, whoever listens', async () => {
    const promise = withAgent(ann, () => create('by ann'));
    const runner = withAgent(ann, () => openai.chat.completions.stream(ask('streamed, by ann')));
    while (server.requests.length < 2) await immediate();
    await withAgent(bob, async () => {
      const { data } = await promise.withResponse();
      expect(data.id).toBe('chatcmpl-1');
      const contents: string[] = [];
      runner.on('content', (delta) => contents.push(delta));
      await runner.finalContent();
      expect(contents.join('')).toBe('ab');
      await create('by bob');
    });
    expect(owners(await treeOf())).toEqual({
      'by ann': 'ann (context)',
      'streamed, by ann': 'ann (context)',
      'by bob': 'bob (context)',
    });
  });
});

/** One at a time, as small as pools are written; whoever leaves starts the next one. */
function createPool() {
  const waiting: (() => void)[] = [];
  let busy = false;
  const enter = (start: () => void) => {
    if (busy) waiting.push(start);
    else {
      busy = true;
      start();
    }
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) busy = false;
    else next();
  };
  return {
    place: () => new Promise<void>((resolve) => enter(resolve)),
    leave,
    run: <T>(job: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        enter(() => {
          job().then(resolve, reject).finally(leave);
        });
      }),
  };
}
