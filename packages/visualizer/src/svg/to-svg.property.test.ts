import { DOMParser, type Element } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toGraph } from '../graph/to-graph.ts';
import { toSvg } from './to-svg.ts';

const ELEMENTS = new Set(['svg', 'style', 'rect', 'text', 'title', 'g', 'path', 'circle', 'polygon']);

it('is XML that loads and runs nothing, whatever the run is made of', () => {
  fc.assert(
    fc.property(anyTree, fc.constantFrom('graph' as const, 'matrix' as const), (tree, form) => {
      const elements = elementsOf(toSvg(tree, { form }));
      expect(elements.map(({ localName }) => localName).filter((name) => !ELEMENTS.has(name ?? ''))).toEqual(
        [],
      );
      for (const { attributes } of elements) {
        for (const { name } of attributes) expect(name).not.toMatch(/^on|href|src/i);
      }
    }),
  );
});

it('names every node, in text that hides nothing', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const graph = toGraph(tree);
      const svg = toSvg(graph, { form: 'graph' });
      const labels = elementsOf(svg).filter((element) => element.getAttribute('class') === 'label');
      expect(labels).toHaveLength(graph.nodes.length);
      expect(svg).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

it('is the same for the same run', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect(toSvg(structuredClone(tree))).toBe(toSvg(tree));
    }),
  );
});

/** @throws at the first thing that is not well-formed */
function elementsOf(svg: string): Element[] {
  const onError = (level: string, message: string) => {
    // It warns of U+FFFD, which stands for a lone surrogate.
    if (level !== 'warning') throw new Error(`${level}: ${message}`);
  };
  const document = new DOMParser({ onError }).parseFromString(svg, 'image/svg+xml');
  return [...document.getElementsByTagName('*')];
}
