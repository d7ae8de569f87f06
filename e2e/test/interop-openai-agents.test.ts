import {
  Agent,
  OpenAIProvider,
  Runner,
  setTraceProcessors,
  setTracingDisabled,
  tool,
  withTrace,
} from '@openai/agents';
import { createCallLog } from '@pd/call-log';
import { createTracingProcessor } from '@pd/call-log/openai-agents';
import type { RunTree } from '@pd/call-log/schema';
import OpenAI from 'openai';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Exchange, startModelServer } from '../src/model-server.ts';
import { callsOf, expectSame, readRuns } from '../src/recorded-runs.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const dir = temporaryFolder();
let runs: Map<string, RunTree>;
let exchanges: Exchange[];

beforeAll(async () => {
  await using server = await startModelServer();
  exchanges = server.exchanges;
  const log = createCallLog({ dir, tree: false });
  const processor = createTracingProcessor({ logger: log.logger, provider: 'loopback' });
  setTraceProcessors([processor]);
  // The SDK does not trace where NODE_ENV is `test`.
  setTracingDisabled(false);

  const openAIClient = new OpenAI({ baseURL: server.url, apiKey: 'none', maxRetries: 0 });
  const modelProvider = new OpenAIProvider({ openAIClient, useResponses: false });
  const runnerOf = (workflowName: string) => new Runner({ modelProvider, workflowName });
  const runner = runnerOf('in a trace');
  const weather = tool({
    name: 'weather',
    description: 'The weather of a place',
    parameters: z.object({ input: z.string() }),
    execute: async ({ input }) => `blue over ${input}`,
  });
  const polite = { name: 'polite', execute: async () => ({ tripwireTriggered: false, outputInfo: {} }) };
  const never = { name: 'never', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) };
  const clerk = new Agent({ name: 'clerk', instructions: 'Be a clerk.', model: 'm2' });
  const expert = new Agent({ name: 'expert', model: 'm3' });
  const ask = expert.asTool({ toolName: 'ask', toolDescription: 'Asks an expert' });
  const front = new Agent({
    name: 'front',
    instructions: 'Be brief.',
    model: 'm1',
    modelSettings: { temperature: 0.5 },
    tools: [weather, ask],
    handoffs: [clerk],
    inputGuardrails: [polite],
  });

  await withTrace('at once', () =>
    Promise.all([
      runner.run(front, 'use weather Paris'),
      runner.run(clerk, 'hello'),
      runner.run(expert, 'hm'),
    ]),
  );
  await withTrace('handoff', () => runner.run(front, 'use transfer_to_clerk'));
  await withTrace('agent as tool', () => runner.run(front, 'use ask why'));
  await withTrace('stream', async () => {
    const stream = await runner.run(clerk, 'word by word', { stream: true });
    await stream.completed;
  });
  await runnerOf('error')
    .run(new Agent({ name: 'unlucky', model: 'broken' }), 'x')
    .catch(() => {});
  await runnerOf('stopped')
    .run(new Agent({ name: 'strict', model: 'm1', inputGuardrails: [never] }), 'y')
    .catch(() => {});
  await log.run({ name: 'ours' }, () => runner.run(clerk, 'in a run of ours'));
  await processor.shutdown();
  await log.close();
  runs = await readRuns(dir);
});

/** The run that was given a name. */
function run(name: string): RunTree {
  const tree = runs.get(name);
  if (tree === undefined) throw new Error(`no run is called ${name}, only ${[...runs.keys()].join(', ')}`);
  return tree;
}

test('what is on record is what the server got and gave', () => {
  expectSame([...runs.values()].flatMap(callsOf), exchanges);
  expect(exchanges).toHaveLength(12);
});

test('agents at work at the same time keep their calls', () => {
  const calls = callsOf(run('at once'));
  expect(calls.map(({ owner, pre }) => `${owner} ${pre.model}`).sort()).toEqual([
    'clerk m2',
    'expert m3',
    'front m1',
    'front m1',
  ]);
  expect(calls[0]).toMatchObject({ agent_source: 'context', pre: { provider: 'loopback' } });
  expect(run('at once').run.status).toBe('completed');
});

test('a tool stands in the call that asked for it', () => {
  const [asking, ...others] = callsOf(run('at once')).filter(({ owner }) => owner === 'front');
  const [{ id = '' } = {}] = (asking?.post?.message?.tool_calls ?? []) as { id?: string }[];
  expect(asking?.tool_calls).toMatchObject([
    { id, name: 'weather', arguments: { input: 'Paris' }, result: 'blue over Paris', status: 'ok' },
  ]);
  expect(others.flatMap(({ tool_calls }) => tool_calls)).toEqual([]);
});

test('an agent that is a tool works for the call that asked for it', () => {
  const calls = callsOf(run('agent as tool'));
  const asking = calls.find(({ tool_calls }) => tool_calls.length > 0);
  const inner = calls.find(({ owner }) => owner === 'expert');
  expect(inner?.parent_call_id).toBe(asking?.id);
  expect(run('agent as tool').agents.find(({ id }) => id === 'expert')?.parent_id).toBe('front');
});

test('a handoff is a message from agent to agent, a guardrail one that lets pass', () => {
  const [first] = callsOf(run('handoff'));
  expect(run('handoff').messages).toMatchObject([
    { from: 'front', to: 'polite', status: 'handled' },
    { from: 'front', to: 'clerk', status: 'delivered', call_id: first?.id },
  ]);
  expect(
    callsOf(run('handoff'))
      .map(({ owner }) => owner)
      .sort(),
  ).toEqual(['clerk', 'front']);
});

test('a stream is a call like any other', () => {
  expect(callsOf(run('stream'))).toMatchObject([
    {
      owner: 'clerk',
      status: 'ok',
      post: { finish_reason: 'stop', message: { content: 'You said: word by word' } },
    },
  ]);
});

test('what fails is a failed run, as soon as the processor is shut down', () => {
  expect(callsOf(run('error'))).toMatchObject([
    { owner: 'unlucky', status: 'error', error: { status: 500 } },
  ]);
  expect(run('error').run).toMatchObject({ status: 'failed', error: { message: /the model fell over/ } });
  expect(run('stopped').messages).toMatchObject([{ from: 'strict', to: 'never', status: 'rejected' }]);
  expect(run('stopped').agents).toMatchObject([{ id: 'strict' }, { id: 'never', role: 'guardrail' }]);
  expect(run('stopped').run).toMatchObject({
    status: 'failed',
    error: { type: 'InputGuardrailTripwireTriggered' },
  });
});

test('a run of ours around a trace is its run', () => {
  expect(callsOf(run('ours'))).toMatchObject([
    { owner: 'clerk', sent: [{}, { content: 'in a run of ours' }] },
  ]);
  expect(run('ours').run.status).toBe('completed');
});
