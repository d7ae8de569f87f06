import { describe, expect, it } from 'vitest';
import { NeedsTreeError } from '../errors/needs-tree-error.ts';
import { VisualizerError } from '../errors/visualizer-error.ts';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { toGraph } from '../graph/to-graph.ts';
import { type MermaidOptions, toMermaid } from './to-mermaid.ts';

const { to: _to, ...toNobody } = buildMessage({ from: 'ann', content: { done: true } });
const { from: _from, ...fromNobody } = buildMessage({ to: 'ann', content: 'who is there?' });
const tree = buildTree({
  agents: [
    buildAgent('ann', [], 'person'),
    buildAgent('bob', [buildCall('c1'), buildCall('c2', { status: 'error' })]),
  ],
  messages: [
    buildMessage({ from: 'ann', to: 'bob', content: 'Hello; "Bob"\nhow are you?' }),
    buildMessage({ from: 'ann', to: 'bob', content: 'Still there?', status: 'dead_lettered' }),
    toNobody,
    fromNobody,
  ],
});

describe('toMermaid', () => {
  it('draws who talked to whom and who called which model', () => {
    expect(toMermaid(tree)).toBe(`flowchart LR
  n0(["ann"])
  n1("bob")
  n2{{"gpt-5-mini"}}
  n0 -->|"×2, 1 failed"| n1
  n1 -.->|"×2, 1 failed"| n2
`);
  });

  it('draws a graph like the tree it was made of', () => {
    expect(toMermaid(toGraph(tree))).toBe(toMermaid(tree, { kind: 'flow' }));
  });

  it('writes a line for every message, in order', () => {
    expect(toMermaid(tree, { kind: 'sequence' })).toBe(`sequenceDiagram
  actor n0 as ann
  participant n1 as bob
  participant nobody as (unknown)
  n0->>n1: Hello#59; #34;Bob#34; how are you?
  n0-xn1: Still there?
  Note over n0: #123; #34;done#34;#58; true #125;
  nobody->>n0: who is there?
`);
  });

  it('shortens what was said', () => {
    const long = buildTree({ messages: [buildMessage({ content: 'word '.repeat(100) })] });
    expect(toMermaid(long, { kind: 'sequence', maxTextLength: 12 })).toContain('n0->>n1: word word w…\n');
  });

  it('refuses to make a sequence of a graph', () => {
    const sequence: MermaidOptions = { kind: 'sequence' };
    const ask = () => toMermaid(toGraph(tree) as never, sequence);
    expect(ask).toThrow(NeedsTreeError);
    expect(ask).toThrow(/give the run's tree/);
    expect(VisualizerError.isInstance(new NeedsTreeError('it'))).toBe(true);
    expect(VisualizerError.isInstance(new Error('it'))).toBe(false);
  });
});
