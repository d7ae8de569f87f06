import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { drawMermaid } from './to-mermaid.ts';

const pair = (i: number) => [
  buildMessage({ id: `m${i}`, from: 'a', to: 'b', content: `question ${i}` }),
  buildMessage({ id: `n${i}`, from: 'b', to: 'a', content: `answer ${i}` }),
];

it('draws a sequence whole while it fits', () => {
  const tree = buildTree({ messages: Array.from({ length: 20 }, (_, i) => pair(i)).flat() });
  const { text, leftOut } = drawMermaid(tree, { kind: 'sequence' });
  expect(leftOut).toBeUndefined();
  expect(text).not.toContain('loop');
});

it('folds the rounds of a sequence that is too long, and says so', () => {
  const tree = buildTree({ messages: Array.from({ length: 5_000 }, (_, i) => pair(i)).flat() });
  const { text, leftOut } = drawMermaid(tree, { kind: 'sequence' });
  expect(text).toBe(`sequenceDiagram
  participant n0 as a
  participant n1 as b
  loop ×5000
  n0->>n1: question 0
  n1->>n0: answer 0
  end
  Note over n0: … ${leftOut}
`);
  expect(leftOut).toBe('repeated rounds are folded to the first of each');
});

it('leaves out the end of one that is too long even then', () => {
  const messages = Array.from({ length: 3_000 }, (_, i) =>
    buildMessage({ id: `m${i}`, from: `a${i}`, to: `b${(i * i) % 97}`, content: 'x'.repeat(60) }),
  );
  const { text, leftOut } = drawMermaid(buildTree({ messages }), { kind: 'sequence' });
  expect(text.length).toBeLessThanOrEqual(50_000);
  expect(text.length).toBeGreaterThan(40_000);
  const [, missing] = /the last ([\d,]+) messages left out$/.exec(leftOut ?? '') ?? [];
  expect(text.match(/->>/g)).toHaveLength(3_000 - Number(missing?.replace(',', '')));
});

it('keeps the heaviest edges of a flowchart, and whoever they join', () => {
  const messages = Array.from({ length: 700 }, (_, i) =>
    buildMessage({ id: `m${i}`, from: `a${i}`, to: `b${i}` }),
  );
  for (let i = 0; i < 5; i++) messages.push(buildMessage({ id: `h${i}`, from: 'a699', to: 'b699' }));
  const { text, leftOut } = drawMermaid(buildTree({ messages }));
  expect(text.match(/-->/g)).toHaveLength(500);
  expect(text).toContain('|"×6"|');
  expect(leftOut).toBe('200 edges and 400 nodes');
  expect(text).toContain(`cut["… ${leftOut} left out: Mermaid takes no more"]`);
});

it('draws 10,000 agents within the limits', () => {
  const agents = Array.from({ length: 10_000 }, (_, i) => buildAgent(`agent ${i}`, [buildCall(`c${i}`)]));
  const { text } = drawMermaid(buildTree({ agents }));
  expect(text.length).toBeLessThanOrEqual(50_000);
});
