import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { toGraph } from '../graph/to-graph.ts';
import { toSvg } from './to-svg.ts';

const tree = buildTree({
  name: 'demo <1>',
  agents: [
    buildAgent('a', [
      buildCall('c1', { cost_usd: 0.25 }),
      buildCall('c2', {
        cost_usd: 0.25,
        status: 'error',
        tool_calls: [{ id: 't', name: 'look', status: 'ok' }],
      }),
    ]),
    buildAgent('user', [], 'person'),
    buildAgent('idle'),
  ],
  messages: [buildMessage({ from: 'user', to: 'a' }), buildMessage({ from: 'user', to: 'a' })],
});

describe('toSvg', () => {
  it('says in words what the picture shows', () => {
    const svg = toSvg(tree);
    expect(svg).toContain('>demo &lt;1&gt;</text>');
    expect(svg).toContain('1 agent · 2 calls · 2 messages · 1 error · $0.5000');
    expect(svg).toContain('<title>user → a: 2 messages</title>');
    expect(svg).toContain('<title>a → look: 1 tool call</title>');
    expect(svg).toContain('<title>idle, agent, never took part</title>');
    expect(svg).toContain('×2');
  });

  it('takes a graph as well, and a title', () => {
    expect(toSvg(toGraph(tree))).toBe(toSvg(tree));
    expect(toSvg(tree, { title: 'Figure 1' })).toContain('>Figure 1</text>');
  });

  it('is dark, light, or both', () => {
    expect(toSvg(tree, { theme: 'light' })).not.toContain('#14161a');
    expect(toSvg(tree, { theme: 'dark' })).not.toContain('#fbfbfa');
    expect(toSvg(tree, { theme: 'auto' })).toMatch(/#fbfbfa[\s\S]*prefers-color-scheme:dark[\s\S]*#14161a/);
  });

  it('becomes a matrix when it is dense, or when that is asked', () => {
    expect(toSvg(tree, { form: 'matrix' })).toContain('Rows send');
    expect(toSvg(tree)).not.toContain('Rows send');
    const agents = Array.from({ length: 160 }, (_, index) =>
      buildAgent(`a${index}`, [buildCall(`c${index}`)]),
    );
    expect(toSvg(buildTree({ agents }))).toContain('Rows send');
  });

  it('draws nothing of nothing', () => {
    expect(toSvg(buildTree())).toContain('0 agents · 0 calls · 0 messages');
  });
});
