import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { toGraph } from './to-graph.ts';

describe('toGraph', () => {
  it('adds up messages per direction, with every one of them listed', () => {
    const graph = toGraph(
      buildTree({
        messages: [
          buildMessage({ id: 'm1', call_id: 'c1' }),
          buildMessage({ id: 'm2', from: 'b', to: 'a' }),
          buildMessage({ id: 'm3', status: 'rejected' }),
        ],
      }),
    );
    expect(graph.edges).toMatchObject([
      { kind: 'message', from: 'agent:"a"', to: 'agent:"b"', count: 2 },
      { kind: 'message', from: 'agent:"b"', to: 'agent:"a"', count: 1 },
    ]);
    expect(graph.edges[0]).toHaveProperty('messages', [
      { index: 0, messageId: 'm1', at: '2026-11-22T09:00:03.000Z', callId: 'c1', status: 'handled' },
      { index: 2, messageId: 'm3', at: '2026-11-22T09:00:03.000Z', status: 'rejected' },
    ]);
  });

  it('makes no edge of a message to or from nobody, but a node of whom it names', () => {
    const { from: _, ...fromNobody } = buildMessage({ to: 'reader' });
    const { to: __, ...toNobody } = buildMessage({ from: 'narrator' });
    const graph = toGraph(buildTree({ messages: [fromNobody, toNobody] }));
    expect(graph.edges).toEqual([]);
    expect(graph.nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['reader', 'agent'],
      ['narrator', 'agent'],
    ]);
  });

  it('takes for a person only who is on record as one and made no call', () => {
    const graph = toGraph(
      buildTree({
        agents: [
          buildAgent('ann', [], 'person'),
          buildAgent('shell', [], 'terminal'),
          buildAgent('grep', [], 'tool'),
          buildAgent('idle', [], 'critic'),
          buildAgent('impostor', [buildCall('c1')], 'person'),
        ],
      }),
    );
    expect(graph.nodes.map(({ kind }) => kind)).toEqual([
      'person',
      'person',
      'person',
      'agent',
      'agent',
      'model',
    ]);
  });

  it('gives every call to the model that was asked for', () => {
    const second = buildCall('c2', {
      status: 'timeout',
      pre: { provider: 'openai', model: 'gpt-5-mini', messages: [] },
      attempts: [{ number: 1, provider: 'anthropic', model: 'claude', started_at: '', status: 'timeout' }],
    });
    const graph = toGraph(
      buildTree({ agents: [buildAgent('a', [buildCall('c1', { cost_usd: 0.25 }), second])] }),
    );
    expect(graph.nodes.at(-1)).toMatchObject({ kind: 'model', id: 'openai/gpt-5-mini', label: 'gpt-5-mini' });
    expect(graph.edges).toHaveLength(1);
    expect(graph.edges[0]).toMatchObject({
      kind: 'call',
      count: 2,
      totals: { calls: 2, errors: 1, costUsd: 0.25, unpricedCalls: 0 },
      calls: [{ callId: 'c1' }, { callId: 'c2', status: 'timeout' }],
    });
  });

  it('leaves out sums of which nothing is known', () => {
    const graph = toGraph(buildTree({ agents: [buildAgent('a', [buildCall('c1')])] }));
    expect(graph.nodes[0]?.totals).toEqual({ calls: 1, errors: 0, unpricedCalls: 1 });
  });

  it('keeps agents apart from models and properties of objects of the same name', () => {
    const ids = ['__proto__', 'constructor', 'openai/gpt-5-mini'];
    const graph = toGraph(buildTree({ agents: ids.map((id) => buildAgent(id, [buildCall(id)])) }));
    expect(graph.nodes.map(({ id }) => id)).toEqual([...ids, 'openai/gpt-5-mini']);
    expect(new Set(graph.nodes.map(({ key }) => key)).size).toBe(4);
    expect(graph.edges).toHaveLength(3);
  });
});
