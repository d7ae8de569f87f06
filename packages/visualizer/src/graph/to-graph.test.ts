import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import type { GraphFilter } from './filter-source.ts';
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
      { index: 0, messageId: 'm1', atMs: Date.parse(timeAt(3)), callId: 'c1', status: 'handled' },
      { index: 2, messageId: 'm3', atMs: Date.parse(timeAt(3)), status: 'rejected' },
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
    expect(graph.nodes[0]?.totals).toEqual({ calls: 1, errors: 0, openCalls: 0, unpricedCalls: 1 });
  });

  it('keeps agents apart from models and properties of objects of the same name', () => {
    const ids = ['__proto__', 'constructor', 'openai/gpt-5-mini'];
    const graph = toGraph(buildTree({ agents: ids.map((id) => buildAgent(id, [buildCall(id)])) }));
    expect(graph.nodes.map(({ id }) => id)).toEqual([...ids, 'openai/gpt-5-mini']);
    expect(new Set(graph.nodes.map(({ key }) => key)).size).toBe(4);
    expect(graph.edges).toHaveLength(3);
  });

  it('makes a node of every tool, and an edge from each agent that called it', () => {
    const toolCall = (id: string, status: string, duration_ms?: number) => {
      return { id, name: 'search', status, duration_ms };
    };
    const call = buildCall('c1', { tool_calls: [toolCall('t1', 'ok', 5), toolCall('t2', 'error', 9)] });
    const { nodes, edges } = toGraph(buildTree({ agents: [buildAgent('a', [call])] }));
    expect(nodes.at(-1)).toMatchObject({ kind: 'tool', id: 'search', totals: { calls: 2, errors: 1 } });
    expect(edges.at(-1)).toMatchObject({
      kind: 'tool',
      from: 'agent:"a"',
      to: 'tool:"search"',
      count: 2,
      errors: 1,
      latency: { count: 2, p50Ms: 5, maxMs: 9 },
      firstMs: Date.parse(timeAt(2)),
    });
    const withoutBoth = toGraph(buildTree({ agents: [buildAgent('a', [call])] }), {
      models: false,
      tools: false,
    });
    expect(withoutBoth.nodes.map(({ id }) => id)).toEqual(['a']);
    expect(withoutBoth.edges).toEqual([]);
  });

  it('says what messages cost: each call once, however often it spoke to the same one', () => {
    const { edges } = toGraph(
      buildTree({
        agents: [buildAgent('a', [buildCall('c1', { cost_usd: 0.25, duration_ms: 700 })])],
        messages: [
          buildMessage({ id: 'm1', call_id: 'c1' }),
          buildMessage({ id: 'm2', call_id: 'c1', status: 'dead_lettered', at: timeAt(9) }),
          buildMessage({ id: 'm3', call_id: 'nowhere' }),
        ],
      }),
    );
    expect(edges[0]).toMatchObject({
      count: 3,
      errors: 1,
      totals: { calls: 1, costUsd: 0.25 },
      latency: { count: 1, maxMs: 700 },
      firstMs: Date.parse(timeAt(3)),
      lastMs: Date.parse(timeAt(9)),
    });
  });

  it('marks who is only named', () => {
    const agents = ['a', 'b', 'idle'].map((id) => buildAgent(id));
    const { nodes } = toGraph(buildTree({ agents, messages: [buildMessage()] }));
    expect(nodes.filter(({ isSilent }) => isSilent).map(({ id }) => id)).toEqual(['idle']);
  });

  it('shows a moment: what had begun, and as open what had not ended', () => {
    const calls = [
      buildCall('c1', { cost_usd: 1 }),
      buildCall('c2', { started_at: timeAt(4), ended_at: timeAt(8), cost_usd: 2, status: 'error' }),
      buildCall('c3', { started_at: timeAt(6) }),
    ];
    const tree = buildTree({ agents: [buildAgent('a', calls)], messages: [buildMessage({ at: timeAt(7) })] });
    const { nodes, edges } = toGraph(tree, { atMs: Date.parse(timeAt(5)) });
    expect(nodes[0]?.totals).toEqual({ calls: 2, errors: 0, openCalls: 1, unpricedCalls: 0, costUsd: 1 });
    expect(edges).toMatchObject([
      { kind: 'call', calls: [{ callId: 'c1' }, { callId: 'c2', status: 'open' }] },
    ]);
  });

  it('shows what passes a filter, and the nodes that remain', () => {
    const tree = buildTree({
      agents: [
        buildAgent('a', [buildCall('c1', { status: 'error' })]),
        buildAgent('b', [buildCall('c2')]),
        buildAgent('idle'),
      ],
      messages: [buildMessage()],
    });
    const shown = (filter: GraphFilter) => toGraph(tree, { filter }).nodes.map(({ id }) => id);
    expect(shown({ statuses: ['error'] })).toEqual(['a', 'openai/gpt-5-mini']);
    expect(shown({ kinds: ['message'] })).toEqual(['a', 'b']);
    expect(shown({ agents: ['b'], kinds: ['call'] })).toEqual(['b', 'openai/gpt-5-mini']);
    expect(shown({ fromMs: Date.parse(timeAt(2.5)) })).toEqual(['a', 'b']);
    expect(shown({ call: ({ id }) => id === 'c2', message: () => false })).toEqual([
      'b',
      'openai/gpt-5-mini',
    ]);
    const [idle, quiet] = toGraph(tree, { filter: { agents: ['idle', 'b'], fromMs: 9e12 } }).nodes;
    expect([idle, quiet]).toMatchObject([{ id: 'b' }, { id: 'idle', isSilent: true }]);
    expect(idle).not.toHaveProperty('isSilent');
  });
});
