import type { ComponentChildren } from 'preact';
import { isSpeaker } from '../../graph/is-speaker.ts';
import type { GraphNode } from '../../graph/run-graph.ts';
import type { PlacedNode } from '../../layout/graph-layout.ts';
import { formatShort } from '../../text/format.ts';
import { ICON_PATHS } from '../parts/icon.tsx';
import type { RunModel } from '../run/run-model.ts';
import { ErrorRing } from './error-ring.tsx';
import { nodeWords } from './part-words.ts';

interface GraphNodeShapeProps {
  run: RunModel;
  node: GraphNode;
  placed: PlacedNode;
  isSelected: boolean;
  /** Among the graph's nodes. */
  place: number;
  /** Where a click on a model or a tool leads. */
  href: string;
  onSelect: () => void;
}

/**
 * A node: a circle with its number of calls, a sign for people and terminals, a square for models and tools. Speakers
 * are buttons that narrow the page down, models and tools are links to the search for what they did.
 */
export function GraphNodeShape({
  run,
  node,
  placed,
  place,
  isSelected,
  href,
  onSelect,
}: GraphNodeShapeProps) {
  const shared = {
    class: `node node-${node.kind}${isSelected ? ' is-selected' : ''}${node.isSilent ? ' is-silent' : ''}`,
    'data-place': place,
    style: { '--c': run.speakerByKey.get(node.key)?.colour ?? 'var(--model)' },
    'aria-label': [node.label, ...nodeWords(node)].join(', '),
  };
  const content = <NodeContent node={node} placed={placed} />;
  if (!isSpeaker(node)) {
    return (
      <a
        {...shared}
        href={href}
        onClick={(event: MouseEvent) => {
          event.preventDefault();
          onSelect();
        }}
      >
        {content}
      </a>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button; it needs `tabindex` in small letters, too
    <g
      {...shared}
      role="button"
      tabindex={0}
      aria-pressed={isSelected}
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

function NodeContent({ node, placed }: { node: GraphNode; placed: PlacedNode }): ComponentChildren {
  const { x, y, radius } = placed;
  return (
    <>
      {placed.shape === 'square' ? (
        <rect class="node-body" x={x - radius} y={y - radius} width={radius * 2} height={radius * 2} rx="7" />
      ) : (
        <>
          <circle class="node-waiting" cx={x} cy={y} r={radius + 6} />
          <circle class="node-body" cx={x} cy={y} r={radius} />
        </>
      )}
      {node.kind === 'agent' && node.totals.errors > 0 && <ErrorRing x={x} y={y} radius={radius} />}
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
      {placed.shape === 'circle' && (
        <text class="node-dots" x={x} y={y + Math.min(radius - 5, 16)}>
          •••
        </text>
      )}
      <text class="node-label" x={placed.labelX} y={placed.labelY} text-anchor={placed.labelAnchor}>
        {placed.label}
      </text>
    </>
  );
}
