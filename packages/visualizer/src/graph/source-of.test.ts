import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { sourceOf } from './source-of.ts';

it('says what the tree says, and leaves out what it does not', () => {
  const tool = { id: 't1', name: 'look', status: 'ok', duration_ms: 5 };
  const tree = buildTree({
    name: 'demo',
    agents: [
      buildAgent('a', [
        buildCall('c1', {
          cost_usd: 0.5,
          usage: { input_tokens: 3, source: 'provider' },
          tool_calls: [tool],
        }),
        buildCall('c2', { started_at: 'soon', ended_at: undefined, status: 'open' }),
      ]),
    ],
    messages: [buildMessage({ call_id: 'c1' })],
  });
  const source = sourceOf(tree);
  expect(source).toMatchObject({ runId: 'run-1', runName: 'demo', agents: [{ id: 'a' }] });
  expect([...source.calls]).toEqual([
    {
      id: 'c1',
      agentId: 'a',
      provider: 'openai',
      model: 'gpt-5-mini',
      startMs: Date.parse(timeAt(1)),
      endMs: Date.parse(timeAt(2)),
      durationMs: 1000,
      status: 'ok',
      inputTokens: 3,
      costUsd: 0.5,
      attempts: 0,
      toolCalls: [{ id: 't1', name: 'look', status: 'ok', durationMs: 5 }],
    },
    {
      id: 'c2',
      agentId: 'a',
      provider: 'openai',
      model: 'gpt-5-mini',
      durationMs: 1000,
      status: 'open',
      attempts: 0,
      toolCalls: [],
    },
  ]);
  expect([...source.messages]).toEqual([
    { index: 0, id: 'm1', from: 'a', to: 'b', atMs: Date.parse(timeAt(3)), callId: 'c1', status: 'handled' },
  ]);
});
