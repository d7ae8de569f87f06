import type { RunGraph } from '../../graph/run-graph.ts';
import { edgeWords, nodeWords } from './part-words.ts';

/** What of the graph the pointer is on, by its place, and where, in pixels from the corner of the picture. */
export interface GraphHover {
  type: 'node' | 'edge';
  place: number;
  x: number;
  y: number;
}

interface GraphTipProps {
  graph: RunGraph;
  labelOf: (key: string) => string;
  hover: GraphHover;
  /** Of the picture. */
  width: number;
  height: number;
}

/** What passed over the edge, or what the node came to. */
export function GraphTip({ graph, labelOf, hover: { type, place, x, y }, width, height }: GraphTipProps) {
  const [node, edge] = [graph.nodes[place], graph.edges[place]];
  const side = {
    ...(x > width / 2 ? { right: `${width - x + 12}px` } : { left: `${x + 12}px` }),
    ...(y > height / 2 ? { bottom: `${height - y + 12}px` } : { top: `${y + 12}px` }),
  };
  return (
    <div class="tip" style={side} aria-hidden="true">
      <strong>
        {type === 'node' ? (
          <bdi>{node?.label}</bdi>
        ) : (
          <>
            <bdi>{labelOf(edge?.from ?? '')}</bdi> → <bdi>{labelOf(edge?.to ?? '')}</bdi>
          </>
        )}
      </strong>
      <span>{(type === 'node' ? node && nodeWords(node) : edge && edgeWords(edge))?.join(' · ')}</span>
    </div>
  );
}
