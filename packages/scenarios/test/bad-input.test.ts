import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, defineAgent, defineTool, HumanAgent, SimpleAgent } from '@pd/agents';
import { type CallLog, createCallLog, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { createScriptedClient, type ScriptedStep } from '@pd/llm-client/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Cast,
  defineScenario,
  exchange,
  forkScenario,
  pipeline,
  resumeScenario,
  runPattern,
  runScenario,
  type ScenarioOptions,
  streamScenario,
} from '../src/index.ts';
import { faultsOf, saying, silent } from './patterns-support.ts';

let dir = '';
let log: CallLog;
let server: OfflineServer;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-bad-'));
  log = createCallLog({ dir, tree: false });
  server = await startOfflineServer();
});
afterEach(async () => {
  await log.close();
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const offline = (logger = log.logger) =>
  createLLMClient({ model: 'stand-in-1', provider: 'offline', baseURL: server.url, logger });
const scripted = (steps: readonly ScriptedStep[]) => createScriptedClient(steps, { logger: log.logger });
const pathOf = (runId: string) => join(dir, `${runId}.jsonl`);
const treeOf = (runId: string) => readTree(pathOf(runId));

const talk = defineScenario({
  name: 'talk',
  input: z.unknown(),
  create: ({ client }) => ({
    pattern: exchange({
      agents: [new SimpleAgent({ id: 'a', client }), new SimpleAgent({ id: 'b', client })],
      maxTurns: 3,
    }),
    task: 'Bridges?',
  }),
});

describe('options that make no sense', () => {
  it.each<[string, object, string]>([
    ['no log', { log: undefined }, 'needs a log'],
    ['no client', { client: undefined }, 'needs a client'],
    ['a seed that is an object', { seed: {} }, 'seed is [object Object]'],
    ['a deadline before now', { deadlineMs: -1 }, 'deadlineMs is -1'],
    ['a deadline that is no number', { deadlineMs: Number.NaN }, 'deadlineMs is NaN'],
    ['a stop condition that is none', { stop: 5 }, 'stop is no stop condition'],
    ['a runner that has nobody answer', { runner: {} }, 'no respond()'],
    ['progress that is a number', { progress: 5 }, 'progress is 5'],
  ])('%s', async (_, options, why) => {
    const given = { log, client: offline(), input: {}, ...options } as ScenarioOptions & { input: object };
    await expect(runScenario(talk, given)).rejects.toMatchObject({
      code: 'invalid_scenario',
      message: expect.stringContaining(why),
    });
    expect(server.totals.requests).toBe(0);
  });

  it('a deadline that is longer than a timer can wait is one that never comes', async () => {
    const client = offline();
    for (const deadlineMs of [1e12, Number.POSITIVE_INFINITY])
      expect(await runScenario(talk, { log, client, input: {}, deadlineMs })).toMatchObject({ turns: 3 });
  });

  it('no scenario, and input that cannot be on record', async () => {
    const client = offline();
    const none = undefined as unknown as typeof talk;
    await expect(runScenario(none, { log, client, input: {} })).rejects.toMatchObject({
      code: 'invalid_scenario',
    });
    for (const input of [1n, { when: new Date(0) }, [Number.NaN]])
      await expect(runScenario(talk, { log, client, input, runId: 'no' })).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining('JSON cannot hold'),
      });
    expect(existsSync(pathOf('no'))).toBe(false);
  });

  it.each([[undefined], [''], ['../../etc/passwd'], [5]])('the run id %j', async (runId) => {
    const options = { log, client: offline(), runId: runId as string };
    const refused = { code: 'invalid_scenario', message: expect.stringContaining('names no run') };
    await expect(resumeScenario(talk, options)).rejects.toMatchObject(refused);
    await expect(forkScenario(talk, { ...options, message: 1, content: 'x' })).rejects.toMatchObject(refused);
  });
});

it.each<[string, () => unknown, object]>([
  [
    'throws',
    () => {
      throw new RangeError('no agents today');
    },
    { name: 'RangeError', message: 'no agents today' },
  ],
  ['gives nothing', () => undefined, { code: 'invalid_scenario' }],
  ['gives null', () => null, { code: 'invalid_scenario' }],
  ['gives no pattern', () => ({ task: 'x' }), { code: 'invalid_scenario' }],
])(
  'a scenario whose create %s has failed, and can be resumed when it is mended',
  async (_, create, error) => {
    const client = offline();
    const broken = { ...talk, create: create as () => Cast };
    await expect(runScenario(broken, { log, client, input: {}, runId: 'run' })).rejects.toMatchObject(error);
    expect((await treeOf('run')).run.status).toBe('failed');
    expect(await resumeScenario(talk, { log, client, runId: 'run' })).toMatchObject({ turns: 3 });
  },
);

describe('what people are said to have said', () => {
  const pay = defineTool({
    name: 'pay',
    description: 'Pays.',
    input: z.object({}),
    approval: 'ask',
    execute: () => 'paid',
  });
  const scenario = defineScenario({
    name: 'ask',
    input: z.object({}),
    create: ({ client }) => ({
      pattern: pipeline([
        new SimpleAgent({ id: 'a', client, tools: [pay] }),
        new HumanAgent({
          id: 'ann',
          ask: () => {
            throw Object.assign(new Error('nobody'), { code: 'nobody_there' });
          },
        }),
      ]),
      task: 'Pay.',
    }),
  });

  it('is looked at before it is on record, where it would stay', async () => {
    const client = scripted([{ reply: { toolCalls: [{ name: 'pay', id: 'pay_1' }] } }, { reply: 'Paid.' }]);
    const options = { log, client, runId: 'run' };
    const first = await runScenario(scenario, { ...options, input: {} });
    expect(first.pending).toMatchObject([{ type: 'approval', agent: 'a' }]);
    const before = readFileSync(pathOf('run'), 'utf8');
    for (const [said, why] of [
      [{ decisions: { pay_2: 'allow' } }, '"pay_2", which is no tool call'],
      [{ decisions: { constructor: 'allow' } }, 'no tool call'],
      [{ decisions: { pay_1: 'yes' } }, 'is "yes": give allow, deny'],
      [{ decisions: 5 }, 'decisions has to be an object'],
      [{ answers: { bob: 'Hm.' } }, '"bob", who does not take part'],
      [{ answers: { ann: 5 } }, 'the answer of "ann" is 5'],
      [{ answers: null }, 'answers has to be an object'],
    ] as [object, string][])
      await expect(resumeScenario(scenario, { ...options, ...said })).rejects.toMatchObject({
        code: 'invalid_answer',
        message: expect.stringContaining(why),
      });
    expect(readFileSync(pathOf('run'), 'utf8')).toBe(before);
    expect(existsSync(join(dir, 'run'))).toBe(false);
    const second = await resumeScenario(scenario, { ...options, decisions: { pay_1: 'allow' } });
    expect(second.pending).toMatchObject([{ type: 'answer', agent: 'ann' }]);
    const done = await resumeScenario(scenario, { ...options, answers: { ann: 'Good.' } });
    expect(done).toMatchObject({ reason: 'done', content: 'Good.' });
    client.done();
  });
});

describe('ids', () => {
  it.each(['__proto__', 'constructor', 'a\nb', 'coordinator', 'moderator', '\u0000', 'x'.repeat(5_000)])(
    '%j is on record as it is, and found again',
    async (id) => {
      const odd = defineScenario({
        ...talk,
        create: ({ client }) => ({
          pattern: exchange({
            agents: [new SimpleAgent({ id, client }), new SimpleAgent({ id: 'toString', client })],
            maxTurns: 3,
          }),
          task: 'Bridges?',
        }),
      });
      const options = { log, client: offline(), runId: 'run' };
      await runScenario(odd, { ...options, input: {} });
      const tree = await treeOf('run');
      expect(tree.messages.map(({ from, to }) => [from, to])).toEqual([
        ['user', id],
        [id, 'toString'],
        ['toString', id],
        [id, 'user'],
      ]);
      await resumeScenario(odd, options);
      expect(server.totals.requests).toBe(3);
      expect(canonicalTree(await treeOf('run'))).toEqual(canonicalTree(tree));
    },
  );
});

describe('journals', () => {
  it.each<[string, (text: string) => string, object]>([
    ['empty', () => '', { code: 'not_a_log' }],
    ['of zeros', () => '\0'.repeat(500), { code: 'not_a_log' }],
    ['of other JSON', () => '{"a":1}\n[]\n5\n', { code: 'not_a_log' }],
    ['cut off in the first line', (text) => text.slice(0, 20), { code: 'not_a_log' }],
    ['cut off after it', (text) => text.slice(0, text.indexOf('\n') + 1), { code: 'scenario_mismatch' }],
    ['that has lost its seed', (text) => text.replace('"seed":', '"need":'), { code: 'scenario_mismatch' }],
    [
      'in which a question was edited',
      (text) => text.replaceAll('Bridges?', 'Tunnels?'),
      { code: 'diverged' },
    ],
  ])('%s', async (_, edit, error) => {
    const client = offline();
    await runScenario(talk, { log, client, input: {}, runId: 'whole' });
    writeFileSync(pathOf('run'), edit(readFileSync(pathOf('whole'), 'utf8')));
    const again = resumeScenario(talk, { log, client, runId: 'run', divergenceAfterMs: 200 });
    await expect(again).rejects.toMatchObject(error);
    expect(server.totals.requests).toBe(3);
  });
});

describe('forks', () => {
  it('of the first and of the last message, of a fork, and of a run that still runs', async () => {
    const options = { log, client: offline() };
    const fork = (runId: string, message: number, content: string, forkId: string) =>
      forkScenario(talk, { ...options, runId, message, content, forkId });
    let turns = 0;
    for await (const event of streamScenario(talk, { ...options, input: {}, runId: 'whole' }))
      if (event.type === 'turn-end' && ++turns === 2) {
        await fork('whole', 2, 'Hm?', 'of-running');
        const resumed = resumeScenario(talk, { ...options, runId: 'whole' });
        await expect(resumed).rejects.toMatchObject({ code: 'run_still_running' });
      }
    await fork('whole', 1, 'Tunnels?', 'first');
    await fork('whole', 4, 'The end.', 'last');
    await fork('first', 2, 'Why?', 'of-fork');
    await fork('of-fork', 3, 'Because.', 'later');
    await fork('of-fork', 1, 'Towers?', 'earlier');
    const said = async (runId: string) => (await treeOf(runId)).messages.map(({ content }) => content);
    for (const runId of ['whole', 'of-running', 'first', 'last', 'of-fork', 'later', 'earlier']) {
      expect([runId, faultsOf(await treeOf(runId))]).toEqual([runId, []]);
      expect(await said(runId)).toHaveLength(4);
    }
    expect((await said('of-running'))[1]).toBe('Hm?');
    expect((await said('first'))[0]).toBe('Tunnels?');
    expect((await said('last'))[3]).toBe('The end.');
    expect((await said('later')).slice(0, 3)).toEqual(['Tunnels?', 'Why?', 'Because.']);
    // What was edited after it came of what it had said.
    const [task, answer] = await said('earlier');
    expect(task).toBe('Towers?');
    expect(answer).not.toBe('Why?');
    const requests = { whole: 3, 'of-running': 2, first: 3, last: 0, 'of-fork': 2, later: 1, earlier: 3 };
    expect(server.totals.requests).toBe(Object.values(requests).reduce((a, b) => a + b));
  });

  it.each([0, 5, -1, Number.NaN, 'x', null])('of the message %j there are none', async (message) => {
    await runScenario(talk, { log, client: offline(), input: {}, runId: 'run' });
    const fork = { log, client: offline(), runId: 'run', message: message as number, content: 'x' };
    await expect(forkScenario(talk, fork)).rejects.toMatchObject({ code: 'invalid_scenario' });
    const nothing = { ...fork, message: 1, content: undefined as unknown as string };
    await expect(forkScenario(talk, nothing)).rejects.toMatchObject({ code: 'invalid_scenario' });
  });
});

it('content of 10 MB is said, and found again when it is resumed', { timeout: 60_000 }, async () => {
  const large = 'Bridges! '.repeat(1_200_000);
  const scenario = defineScenario({
    name: 'large',
    input: z.unknown(),
    create: ({ client }) => ({
      pattern: pipeline([saying('x', () => large), new SimpleAgent({ id: 'a', client })]),
      task: large,
    }),
  });
  const options = { log, client: offline(), runId: 'run' };
  await runScenario(scenario, { ...options, input: {} });
  const tree = await treeOf('run');
  await resumeScenario(scenario, options);
  expect(server.totals.requests).toBe(1);
  expect((await treeOf('run')).messages).toEqual(tree.messages);
});

it('a logger that throws and a clock that goes back harm nothing; a hook that throws is told', async () => {
  const broken = () => {
    throw new Error('disk gone');
  };
  let hours = 0;
  const clock = { now: () => new Date(Date.now() - 3_600_000 * ++hours), monotonicMs: () => -hours };
  const client = offline(broken);
  const pair = (hooks = {}): [Agent, Agent] => [
    new SimpleAgent({ id: 'a', client }),
    new SimpleAgent({ id: 'b', client, hooks }),
  ];
  const options = { logger: broken, clock };
  const outcome = await runPattern(exchange({ agents: pair(), maxTurns: 3 }), 'Bridges?', options);
  expect(outcome).toMatchObject({ reason: 'max_turns', turns: 3 });
  const hooked = exchange({ agents: pair({ before: broken }), maxTurns: 3 });
  await expect(runPattern(hooked, 'Bridges?', options)).rejects.toMatchObject({ name: 'HookError' });
});

it('agents that never answer end with the deadline or the signal', async () => {
  const pattern = () => pipeline([silent('a'), saying('b', () => 'x')]);
  await expect(runPattern(pattern(), 'Go.', { deadlineMs: 20 })).rejects.toMatchObject({
    code: 'undeliverable',
    reason: 'deadline',
  });
  const reason = new Error('enough');
  await expect(runPattern(pattern(), 'Go.', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 20);
  await expect(runPattern(pattern(), 'Go.', { signal: controller.signal })).rejects.toBe(reason);
});

describe('signals', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    '%s in the middle leaves what can be resumed',
    { timeout: 60_000 },
    async (name) => {
      const url = server.url;
      const parts = JSON.stringify([{ name: 'exchange', runId: 'run', url }]);
      const program = join(import.meta.dirname, 'fixtures/run-cast.ts');
      const cwd = join(import.meta.dirname, '..');
      const child = spawn(process.execPath, [program, 'run', dir, parts], { cwd, stdio: 'ignore' });
      const exited = once(child, 'exit');
      while (server.totals.requests < 2) await new Promise((resolve) => setTimeout(resolve, 1));
      child.kill(name);
      await exited;
      const before = await treeOf('run');
      const { cast } = await import('./fixtures/cast.ts');
      const scenario = cast.exchange as typeof talk;
      await resumeScenario(scenario, { log, client: offline(), runId: 'run' });
      const tree = await treeOf('run');
      expect(tree.run.status).toBe('completed');
      expect(faultsOf(tree)).toEqual([]);
      const attempts = tree.agents.flatMap(({ calls }) => calls.flatMap((call) => call.attempts));
      expect(server.totals.requests).toBeLessThanOrEqual(attempts.length);
      expect(before.run.status).not.toBe('running');
    },
  );
});

it('of two who resume a run at once one does, and the other is told', async () => {
  const failing = defineScenario({
    ...talk,
    create: () => ({
      pattern: pipeline([
        defineAgent({
          id: 'x',
          respond: () => {
            throw new Error('down');
          },
        }),
      ]),
      task: 'Bridges?',
    }),
  });
  const options = { log, client: offline(), runId: 'run' };
  await expect(runScenario(failing, { ...options, input: {} })).rejects.toThrow('down');
  const both = await Promise.allSettled([resumeScenario(talk, options), resumeScenario(talk, options)]);
  const refused = both.filter((each) => each.status === 'rejected');
  expect(refused.map(({ reason }) => reason)).toMatchObject([{ code: 'run_still_running' }]);
  expect(both.filter((each) => each.status === 'fulfilled')).toMatchObject([{ value: { turns: 3 } }]);
  expect(server.totals.requests).toBe(3);
});
