import type { GraphEdge } from '../graph/run-graph.ts';
import type { PlacedEdge } from '../layout/graph-layout.ts';
import { plural } from '../text/format.ts';
import { xmlText } from './xml-text.ts';

const NOUNS = { message: 'message', call: 'call', tool: 'tool call' } as const;

/** An edge: messages in the sender's colour, calls dotted, tool calls dashed; ×n where there are several messages. */
export function drawEdge(
  edge: GraphEdge,
  placed: PlacedEdge,
  { colour, labels, hasCount }: { colour: string; labels: ReadonlyMap<string, string>; hasCount: boolean },
): string {
  const kind = edge.kind === 'tool' ? 'tool-call' : edge.kind;
  const errors = edge.errors > 0 ? `, ${edge.errors} failed` : '';
  const title = `${labels.get(edge.from)} → ${labels.get(edge.to)}: ${plural(edge.count, NOUNS[edge.kind])}${errors}`;
  const width = edge.kind === 'message' ? ` stroke-width="${placed.width}"` : '';
  return `<g class="${kind}${edge.kind === 'message' ? ` ${colour}` : ''}"><title>${xmlText(title)}</title><path d="${placed.path}"${width}/><path class="head" d="${placed.head}"/>${times(edge, placed, hasCount)}</g>`;
}

function times({ kind, count }: GraphEdge, { labelX, labelY }: PlacedEdge, hasCount: boolean): string {
  if (!hasCount || kind !== 'message' || count < 2) return '';
  return `<text class="times" x="${labelX}" y="${labelY}" dy=".35em">×${count}</text>`;
}
