import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { toGraph } from '../graph/to-graph.ts';
import { quoteDot } from './quote-dot.ts';
import { toDot } from './to-dot.ts';

describe('quoteDot', () => {
  it.each([
    ['plain, 漢字; ] }', '"plain, 漢字; ] }"'],
    ['say "hi"', String.raw`"say \"hi\""`],
    ['back\\', String.raw`"back\\"`],
    ['\\N \\G', String.raw`"\\N \\G"`],
    ['a\r\nb', '"a b"'],
    ['&lt;b&gt;', '"&amp;lt;b&amp;gt;"'],
    ['\u0000\u001b[31m \u202e', '"\ufffd\ufffd[31m ⟦U+202E⟧"'],
    ['\ud800', '"\ufffd"'],
  ])('%j stays within its string', (text, quoted) => {
    expect(quoteDot(text)).toBe(quoted);
  });

  it('cuts what is long', () => {
    expect(quoteDot('abcdef', 4)).toBe('"abc…"');
  });
});

describe('toDot', () => {
  const tree = buildTree({
    name: 'a "run"',
    agents: [
      buildAgent('ann', [], 'person'),
      buildAgent('bob', [buildCall('c1'), buildCall('c2', { status: 'error' })]),
    ],
    messages: [
      buildMessage({ from: 'ann', to: 'bob' }),
      buildMessage({ from: 'ann', to: 'bob', status: 'rejected' }),
    ],
  });

  it('draws kinds apart, says how often and what failed', () => {
    const dot = toDot(tree);
    expect(dot).toMatch(/^digraph "run-1" \{\n {2}graph \[label="a \\"run\\""/);
    expect(dot).toMatch(/n0 \[id="agent:\\"ann\\"", class=person, label="ann", shape=ellipse/);
    expect(dot).toMatch(/n1 \[.*label="bob\\n2 calls, 1 failed", shape=box.*color="#c0392b"\];/);
    expect(dot).toMatch(/n2 \[.*class=model.*shape=hexagon/);
    expect(dot).toContain('n0 -> n1 [class=message, style=solid, label="×2, 1 failed", weight=2');
    expect(dot).toContain('n1 -> n2 [class=call, style=dashed, label="×2, 1 failed"');
    expect(dot).toMatch(/\}\n$/);
  });

  it('draws a graph like the tree it was made of', () => {
    expect(toDot(toGraph(tree))).toBe(toDot(tree));
  });
});
