import type { GraphEdge } from '../../graph/run-graph.ts';
import type { PlacedEdge } from '../../layout/graph-layout.ts';
import { plural } from '../model/format.ts';
import type { RunModel } from '../model/run-model.ts';

interface GraphEdgeShapeProps {
  run: RunModel;
  edge: GraphEdge;
  placed: PlacedEdge | undefined;
  isFaint: boolean;
  hasLabel: boolean;
}

const NOUNS = { message: 'message', call: 'call', tool: 'tool call' };

/** An edge: messages in the sender's colour, calls dotted; ×n where there are several. */
export function GraphEdgeShape({ run, edge, placed, isFaint, hasLabel }: GraphEdgeShapeProps) {
  if (placed === undefined) return null;
  const sender = run.speakerByKey.get(edge.from);
  const isCall = edge.kind !== 'message';
  const errors = isCall && edge.errors > 0 ? `, ${plural(edge.errors, 'error')}` : '';
  const title = `${run.labelByKey.get(edge.from)} → ${run.labelByKey.get(edge.to)}: ${plural(edge.count, NOUNS[edge.kind])}${errors}`;
  return (
    <g
      class={`edge edge-${isCall ? 'call' : 'message'}${isFaint ? ' is-faint' : ''}`}
      style={{ '--c': isCall ? 'var(--ink-faint)' : (sender?.colour ?? 'var(--person)') }}
    >
      <title>{title}</title>
      <path class="edge-hit" d={placed.path} />
      <path class="edge-line" d={placed.path} stroke-width={placed.width} />
      <path class="edge-head" d={placed.head} />
      {hasLabel && !isCall && edge.count > 1 && (
        <text class="edge-label" x={placed.labelX} y={placed.labelY} dy="0.35em">
          ×{edge.count}
        </text>
      )}
    </g>
  );
}
