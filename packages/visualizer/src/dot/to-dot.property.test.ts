import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toDot } from './to-dot.ts';

const STRING = String.raw`"(?:[^"\\\n]|\\["\\n])*"`;
const ATTRIBUTES = String.raw`\[\w+=(?:${STRING}|[\w.]+)(?:, \w+=(?:${STRING}|[\w.]+))*\]`;
const LINE = new RegExp(String.raw`^  (?:(?:graph|node|edge|n\d+|n\d+ -> n\d+) ${ATTRIBUTES};)$`, 'u');

it('lets nothing of a run out of its strings', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const [first, ...lines] = toDot(tree).trimEnd().split('\n');
      expect(first).toMatch(new RegExp(`^digraph ${STRING} \\{$`));
      expect(lines.pop()).toBe('}');
      for (const line of lines) expect(line).toMatch(LINE);
    }),
  );
});
