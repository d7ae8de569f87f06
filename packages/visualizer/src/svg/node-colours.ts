import { isSpeaker } from '../graph/is-speaker.ts';
import type { GraphNode } from '../graph/run-graph.ts';
import { PALETTES } from './palette.ts';

/** The class that gives each node its colour, by key: the same colours in the same order as on the page. */
export function nodeColours(nodes: readonly GraphNode[]): Map<string, string> {
  const colours = new Map<string, string>();
  let speakers = 0;
  for (const node of nodes) {
    const place = isSpeaker(node) ? speakers++ : 0;
    colours.set(node.key, node.kind === 'agent' ? `a${place % PALETTES.light.agents.length}` : 'plain');
  }
  return colours;
}
