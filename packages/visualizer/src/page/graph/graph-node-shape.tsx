import { isSpeaker } from '../../graph/is-speaker.ts';
import type { GraphNode } from '../../graph/run-graph.ts';
import type { PlacedNode } from '../../layout/graph-layout.ts';
import { formatShort, plural } from '../model/format.ts';
import { ICON_PATHS } from '../parts/icon.tsx';
import type { RunModel } from '../run/run-model.ts';
import { ErrorRing } from './error-ring.tsx';

interface GraphNodeShapeProps {
  run: RunModel;
  node: GraphNode;
  placed: PlacedNode | undefined;
  isSelected: boolean;
  /** Among the graph's nodes. */
  place: number;
  onSelect: () => void;
}

/** A node: a circle with its number of calls, a sign for people and terminals, a square for models and tools. */
export function GraphNodeShape({ run, node, placed, place, isSelected, onSelect }: GraphNodeShapeProps) {
  if (placed === undefined) return null;
  const { x, y, radius } = placed;
  const classes = `node node-${node.kind}${isSelected ? ' is-selected' : ''}`;
  const colour = run.speakerByKey.get(node.key)?.colour ?? 'var(--model)';
  const content = (
    <>
      <title>{describe(node)}</title>
      {placed.shape === 'square' ? (
        <rect class="node-body" x={x - radius} y={y - radius} width={radius * 2} height={radius * 2} rx="7" />
      ) : (
        <circle class="node-body" cx={x} cy={y} r={radius} />
      )}
      {node.kind === 'agent' && <ErrorRing x={x} y={y} radius={radius} totals={node.totals} />}
      {node.kind === 'person' ? (
        <path
          class="node-sign"
          d={ICON_PATHS[node.role === 'person' ? 'person' : 'terminal']}
          transform={`translate(${x - 8} ${y - 8})`}
        />
      ) : (
        <text class="node-count" x={x} y={y} dy="0.35em">
          {node.totals.calls > 0 ? formatShort(node.totals.calls) : '·'}
        </text>
      )}
      <text class="node-label" x={placed.labelX} y={placed.labelY} text-anchor={placed.labelAnchor}>
        {placed.label}
      </text>
    </>
  );
  if (!isSpeaker(node)) {
    return (
      <g class={classes} data-place={place} style={{ '--c': colour }}>
        {content}
      </g>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      class={classes}
      data-place={place}
      style={{ '--c': colour }}
      role="button"
      // On SVG, attributes are what they are called: tabIndex would be none.
      tabindex={0}
      aria-pressed={isSelected}
      aria-label={describe(node)}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onSelect();
      }}
    >
      {content}
    </g>
  );
}

function describe({ kind, label, role, totals }: GraphNode): string {
  const errors = totals.errors > 0 ? `, ${plural(totals.errors, 'error')}` : '';
  const calls = kind === 'person' ? '' : `, ${plural(totals.calls, 'call')}${errors}`;
  return `${label}, ${role ?? kind}${calls}`;
}
