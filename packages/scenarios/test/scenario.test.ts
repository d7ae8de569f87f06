import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, defineAgent, defineTool, HumanAgent, SimpleAgent } from '@pd/agents';
import { type CallLog, createCallLog, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { createLLMClient, type LLMClient } from '@pd/llm-client';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { createScriptedClient, type ScriptedStep } from '@pd/llm-client/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  definePattern,
  defineScenario,
  exchange,
  forkScenario,
  maxTurns,
  type Pattern,
  resumeScenario,
  runScenario,
  textMention,
} from '../src/index.ts';

let dir = '';
let log: CallLog;
let server: OfflineServer;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-scenario-'));
  log = createCallLog({ dir, tree: false });
  server = await startOfflineServer();
});
afterEach(async () => {
  await log.close();
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const offline = () =>
  createLLMClient({ model: 'stand-in-1', provider: 'offline', baseURL: server.url, logger: log.logger });
const scripted = (steps: readonly ScriptedStep[]) => createScriptedClient(steps, { logger: log.logger });
const treeOf = (runId = '') => readTree(join(dir, `${runId}.jsonl`));

/** One asks the next. */
function row(...agents: Agent[]): Pattern {
  return definePattern('row', agents, async (task, scene) => {
    let said = task;
    for (const agent of agents) said = { ...(await scene.ask(agent, said)) };
    return said;
  });
}

const talk = defineScenario({
  name: 'talk',
  input: z.object({ topic: z.string() }),
  create: ({ client, input }) => ({
    pattern: exchange({
      agents: [new SimpleAgent({ id: 'a', client }), new SimpleAgent({ id: 'b', client })],
      maxTurns: 6,
    }),
    task: `What about ${input.topic}?`,
  }),
});

describe('runScenario', () => {
  it('records the run with what it takes to do it again', async () => {
    const outcome = await runScenario(talk, { log, client: offline(), input: { topic: 'bridges' }, seed: 1 });
    expect(outcome).toMatchObject({ reason: 'max_turns', turns: 6, messages: 7, from: 'b' });
    const tree = await treeOf(outcome.runId);
    expect(tree.run).toMatchObject({ name: 'talk', status: 'completed' });
    expect(tree.run.metadata).toEqual({
      scenario: { name: 'talk', version: '1', seed: 1, input: { topic: 'bridges' } },
    });
    expect(tree.messages.every(({ status }) => status === 'handled')).toBe(true);
    expect(outcome.usage).toMatchObject({
      inputTokens: tree.run.totals.input_tokens,
      outputTokens: tree.run.totals.output_tokens,
    });
  });

  it('stops by the first condition that is true, also one of the caller’s', async () => {
    const client = () =>
      scripted(Array.from({ length: 9 }, (_, i) => ({ reply: i === 3 ? 'APPROVED' : `no ${i}` })));
    const input = { topic: 'x' };
    const outcome = await runScenario(talk, { log, client: client(), input, stop: textMention('APPROVED') });
    expect(outcome).toMatchObject({ reason: 'text_mention', turns: 4, content: 'APPROVED' });
    const limited = await runScenario(talk, { log, client: client(), input, stop: maxTurns(2) });
    expect(limited).toMatchObject({ reason: 'max_turns', turns: 2, content: 'no 1' });
    for (const { runId } of [outcome, limited])
      expect((await treeOf(runId)).messages.every(({ status }) => status === 'handled')).toBe(true);
  });

  it('tells agents that go round in circles once, then stops with the reason', async () => {
    const client = scripted(
      Array.from({ length: 40 }, (_, i) => ({ reply: i % 2 === 0 ? 'After you.' : 'No, after you.' })),
    );
    const long = defineScenario({
      name: 'polite',
      input: z.object({}),
      create: (setting) => ({
        pattern: exchange({
          agents: [
            new SimpleAgent({ id: 'a', client: setting.client }),
            new SimpleAgent({ id: 'b', client: setting.client }),
          ],
          maxTurns: 40,
        }),
        task: 'Who goes first?',
      }),
    });
    const outcome = await runScenario(long, { log, client, input: {} });
    expect(outcome).toMatchObject({ reason: 'ping_pong' });
    expect(outcome.turns).toBeLessThan(12);
    const { messages } = await treeOf(outcome.runId);
    expect(messages.filter(({ from }) => from === 'coordinator')).toHaveLength(1);
    expect(client.calls.some(({ messages: sent }) => /No progress/.test(JSON.stringify(sent)))).toBe(true);
  });

  it('refuses input that does not fit, before anything is recorded', async () => {
    const wrong = runScenario(talk, { log, client: offline(), input: { topic: 7 } as never });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(wrong).rejects.toThrow(/scenario talk: topic: /);
    expect(server.totals.requests).toBe(0);
  });

  it('ends as failed where an agent fails that is to stop everything', async () => {
    const broken = defineAgent({ id: 'broken', respond: () => Promise.reject(new Error('no')) });
    const scenario = defineScenario({
      name: 'broken',
      input: z.object({}),
      create: () => ({ pattern: row(broken), task: 'x', supervision: { onFailure: 'stop' as const } }),
    });
    const outcome = await runScenario(scenario, { log, client: offline(), input: {} });
    expect(outcome).toMatchObject({ reason: 'agent_failed', detail: 'broken has failed: no' });
    expect((await treeOf(outcome.runId)).run.status).toBe('failed');
  });
});

describe('resumeScenario', () => {
  it('of a run that has ended gives its outcome again, and costs nothing', async () => {
    const first = await runScenario(talk, { log, client: offline(), input: { topic: 'bridges' } });
    const before = canonicalTree(await treeOf(first.runId));
    const { requests } = server.totals;
    const again = await resumeScenario(talk, { log, client: offline(), runId: first.runId ?? '' });
    expect(again).toEqual(first);
    expect(server.totals.requests).toBe(requests);
    expect(canonicalTree(await treeOf(first.runId))).toEqual(before);
  });

  it('goes on after the network has failed, with the first call that has no answer', async () => {
    const { url } = server;
    const failing = createLLMClient({ model: 'm', baseURL: url, logger: log.logger, retry: false });
    let calls = 0;
    const client: LLMClient = {
      ...failing,
      bind: (defaults) => failing.bind(defaults),
    };
    const scenario = defineScenario({
      name: 'cut',
      input: z.object({}),
      create: (setting) => ({
        pattern: row(
          ...['a', 'b', 'c'].map((id) =>
            defineAgent({
              id,
              respond: async ({ content }) => {
                if (id === 'c' && calls++ === 0) throw new Error('the power went');
                const messages = [{ role: 'user' as const, content: `${id}: ${content}` }];
                const result = await setting.client.chat({ messages, model: 'stand-in-1', agent: { id } });
                return { content: result.text, callId: result.callId };
              },
            }),
          ),
        ),
        task: 'Go.',
      }),
    });
    await expect(runScenario(scenario, { log, client, input: {}, runId: 'cut' })).rejects.toThrow(
      'the power went',
    );
    expect(server.totals.requests).toBe(2);
    expect((await treeOf('cut')).run.status).toBe('failed');
    const outcome = await resumeScenario(scenario, { log, client, runId: 'cut' });
    expect(outcome).toMatchObject({ reason: 'done', from: 'c' });
    expect(server.totals.requests).toBe(3);
    const tree = await treeOf('cut');
    expect(tree.run.status).toBe('completed');
    expect(tree.messages.map(({ to, status }) => [to, status])).toEqual([
      ['a', 'handled'],
      ['b', 'handled'],
      ['c', 'handled'],
      ['user', 'handled'],
    ]);
  });

  it('waits for a decision, also in another process, and goes on with it', async () => {
    const shot: string[] = [];
    const scenario = defineScenario({
      name: 'launch',
      input: z.object({}),
      create: ({ client }) => {
        const launch = defineTool({
          name: 'launch',
          description: 'Launches the rocket.',
          input: z.object({}),
          approval: 'ask',
          execute: (_, { idempotencyKey }) => {
            shot.push(idempotencyKey);
            return 'gone';
          },
        });
        return { pattern: row(new SimpleAgent({ id: 'pilot', client, tools: [launch] })), task: 'Launch!' };
      },
    });
    const steps = [{ reply: { toolCalls: [{ name: 'launch', id: 't1' }] } }, { reply: 'It flies.' }];
    const client = scripted(steps);
    const first = await runScenario(scenario, { log, client, input: {}, runId: 'launch' });
    expect(first).toMatchObject({ reason: 'waiting', pending: [{ type: 'approval', agent: 'pilot' }] });
    const waiting = await treeOf('launch');
    expect([waiting.run.status, waiting.messages[0]?.status, shot]).toEqual(['interrupted', 'delivered', []]);
    expect(waiting.run.error?.message).toBe('it waits for a decision about tools of pilot');

    const still = await resumeScenario(scenario, { log, client, runId: 'launch' });
    expect(still).toMatchObject({ reason: 'waiting' });
    const outcome = await resumeScenario(scenario, {
      log,
      client,
      runId: 'launch',
      decisions: { t1: 'allow' },
    });
    expect(outcome).toMatchObject({ reason: 'done', content: 'It flies.' });
    expect(shot).toHaveLength(1);
    // What was decided is on record: nobody has to decide again.
    expect(await resumeScenario(scenario, { log, client, runId: 'launch' })).toMatchObject({
      content: 'It flies.',
    });
    expect(shot).toHaveLength(1);
    client.done();
    expect((await treeOf('launch')).messages.every(({ status }) => status === 'handled')).toBe(true);
  });

  it('waits for a person who is not there, and asks nobody twice', async () => {
    let there = false;
    let asked = 0;
    const scenario = defineScenario({
      name: 'ask',
      input: z.object({}),
      create: ({ client }) => {
        const ask = () => {
          asked++;
          if (there) return 'from the function';
          throw Object.assign(new Error('nobody'), { code: 'nobody_there' });
        };
        return {
          pattern: row(
            new SimpleAgent({ id: 'a', client }),
            new HumanAgent({ id: 'ann', ask }),
            new HumanAgent({ id: 'bob', ask }),
          ),
          task: 'Ask Ann.',
        };
      },
    });
    const client = scripted([{ reply: 'Ann, what do you think?' }]);
    const first = await runScenario(scenario, { log, client, input: {}, runId: 'ask' });
    expect(first.pending).toEqual([
      { type: 'answer', agent: 'ann', messageId: expect.any(String), content: 'Ann, what do you think?' },
    ]);
    there = true;
    const outcome = await resumeScenario(scenario, { log, client, runId: 'ask', answers: { ann: 'Yes.' } });
    expect(outcome).toMatchObject({ reason: 'done', content: 'from the function', from: 'bob' });
    expect(asked).toBe(2);
    const again = await resumeScenario(scenario, { log, client, runId: 'ask' });
    expect([again.content, asked]).toEqual(['from the function', 2]);
    expect((await treeOf('ask')).messages.map(({ content }) => content)).toEqual([
      'Ask Ann.',
      'Ann, what do you think?',
      'Yes.',
      'from the function',
    ]);
  });

  it('does not wait again for somebody who had not answered in time', async () => {
    let calls = 0;
    const scenario = defineScenario({
      name: 'late',
      input: z.object({}),
      create: ({ client }) => {
        const late = defineAgent({
          id: 'late',
          // In time when it is done again, which must not count.
          respond: () => (calls++ === 0 ? new Promise<string>(() => {}) : 'here I am'),
        });
        const other = new SimpleAgent({ id: 'other', client });
        const last = defineAgent({ id: 'last', respond: () => Promise.reject(new Error('the power went')) });
        const pattern = definePattern('fallback', [late, other, last], async (task, scene) => {
          const answer = await scene
            .ask(late, { ...task, deadlineMs: 30 })
            .catch(() => scene.ask(other, task));
          return scene.ask(last, { ...answer, deadlineMs: undefined });
        });
        return { pattern, task: 'Go.' };
      },
    });
    const client = scripted([{ agent: 'other', reply: 'I stand in.' }]);
    await expect(runScenario(scenario, { log, client, input: {}, runId: 'late' })).rejects.toThrow(
      'the power went',
    );
    const before = canonicalTree(await treeOf('late'));
    await expect(resumeScenario(scenario, { log, client, runId: 'late' })).rejects.toThrow('the power went');
    expect(calls).toBe(1);
    expect(canonicalTree(await treeOf('late'))).toEqual(before);
  });

  it('refuses the run of another scenario, of another version, of none, and one that is not there', async () => {
    const { runId = '' } = await runScenario(talk, { log, client: offline(), input: { topic: 'x' } });
    const client = offline();
    const other = { ...talk, name: 'other' };
    await expect(resumeScenario(other, { log, client, runId })).rejects.toMatchObject({
      code: 'scenario_mismatch',
    });
    await expect(resumeScenario({ ...talk, version: '2' }, { log, client, runId })).rejects.toThrow(
      /is a run of the scenario talk \(version 1\), and this is talk \(version 2\)/,
    );
    await log.run({ id: 'plain' }, () => {});
    await expect(resumeScenario(talk, { log, client, runId: 'plain' })).rejects.toThrow(
      'was not made by runScenario()',
    );
    await expect(resumeScenario(talk, { log, client, runId: 'nothing' })).rejects.toMatchObject({
      code: 'log_not_found',
    });
    await expect(
      log.run({ id: 'going', metadata: (await treeOf(runId)).run.metadata }, () =>
        resumeScenario(talk, { log, client, runId: 'going' }),
      ),
    ).rejects.toMatchObject({ code: 'run_still_running' });
  });

  it('stops before anything is sent when the code or the record has changed', async () => {
    const { runId = '' } = await runScenario(talk, { log, client: offline(), input: { topic: 'x' } });
    const { requests } = server.totals;
    const path = join(dir, `${runId}.jsonl`);
    // Somebody has edited what b said.
    const lines = readFileSync(path, 'utf8').split('\n');
    const changed = lines.map((line) =>
      line.includes('"call.end"') ? line.replace(/"content":"[^"]{3}/, '"content":"Oh!') : line,
    );
    writeFileSync(path, changed.join('\n'));
    const resumed = resumeScenario(talk, { log, client: offline(), runId, divergenceAfterMs: 100 });
    await expect(resumed).rejects.toMatchObject({ code: 'diverged' });
    await expect(resumed).rejects.toThrow(/message \d+ is/);
    expect(server.totals.requests).toBe(requests);
  });
});

describe('forkScenario', () => {
  it('goes on from another message; what came before costs nothing, and the old run stays as it is', async () => {
    const { runId = '' } = await runScenario(talk, { log, client: offline(), input: { topic: 'bridges' } });
    const old = await treeOf(runId);
    const { requests } = server.totals;
    const fork = { log, client: offline(), runId, message: 4, content: 'Forget bridges. What about boats?' };
    const outcome = await forkScenario(talk, { ...fork, forkId: 'forked' });
    expect(outcome).toMatchObject({ reason: 'max_turns', turns: 6, runId: 'forked' });
    // Three of six answers came before message 4.
    expect(server.totals.requests - requests).toBe(3);
    const tree = await treeOf('forked');
    expect(tree.run.metadata).toMatchObject({
      forked_from: { run_id: runId, message_id: old.messages[3]?.id },
    });
    expect(tree.messages.map(({ content }) => content).slice(0, 4)).toEqual([
      ...old.messages.slice(0, 3).map(({ content }) => content),
      'Forget bridges. What about boats?',
    ]);
    expect(tree.messages.every(({ status }) => status === 'handled')).toBe(true);
    expect(canonicalTree(await treeOf(runId))).toEqual(canonicalTree(old));
    // A fork can be resumed and forked like any other run.
    expect(await resumeScenario(talk, { log, client: offline(), runId: 'forked' })).toEqual(outcome);
    const twice = {
      log,
      client: offline(),
      runId: 'forked',
      message: 6,
      content: 'And planes?',
      forkId: 'twice',
    };
    expect(await forkScenario(talk, twice)).toMatchObject({ turns: 6, runId: 'twice' });
    expect((await treeOf('twice')).messages.map(({ content }) => content)).toContain(
      'Forget bridges. What about boats?',
    );
    await expect(forkScenario(talk, { ...fork, message: 99 })).rejects.toThrow('a number from 1 to 7');
  });
});
