import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toGraph } from '../graph/to-graph.ts';
import { toMermaid } from './to-mermaid.ts';

// Letters, digits and signs that no grammar reacts to, and numeric entities: nothing else may come from a run.
const LABEL = String.raw`(?:[^\p{Cc}\p{Cf}"#;:<>&\[\]{}|\x60%*\\^~$@]|#\d+;)+`;
const FLOW_LINE = new RegExp(
  String.raw`^  (?:n\d+(?:\("${LABEL}"\)|\(\["${LABEL}"\]\)|\{\{"${LABEL}"\}\}|\[\["${LABEL}"\]\])|n\d+ (?:-->|-\.->)(?:\|"×\d+(?:, \d+ failed)?"\|)? n\d+)$`,
  'u',
);
const SEQUENCE_LINE = new RegExp(
  String.raw`^  (?:(?:actor|participant) (?:n\d+|nobody) as ${LABEL}|(?:n\d+|nobody)(?:->>|-x)n\d+: ${LABEL}|Note over (?:n\d+|nobody): ${LABEL})$`,
  'u',
);

it('lets nothing of a run through but plain text and entities', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      for (const [kind, pattern] of [
        ['flow', FLOW_LINE],
        ['sequence', SEQUENCE_LINE],
      ] as const) {
        const [first, ...lines] = toMermaid(tree, { kind }).trimEnd().split('\n');
        expect(first).toBe(kind === 'flow' ? 'flowchart LR' : 'sequenceDiagram');
        for (const line of lines) expect(line).toMatch(pattern);
      }
    }),
  );
});

it('has as many lines as there are nodes, edges and messages', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const { nodes, edges } = toGraph(tree);
      expect(toMermaid(tree).trimEnd().split('\n')).toHaveLength(1 + nodes.length + edges.length);
      const messages = toMermaid(tree, { kind: 'sequence' })
        .split('\n')
        .filter((line) => /^ {2}(?:Note|\w+(?:->>|-x)n\d)/.test(line));
      expect(messages).toHaveLength(tree.messages.length);
    }),
  );
});
