import { useComputed, useSignalEffect } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { agentKey } from '../../graph/keys.ts';
import { formatShort } from '../model/format.ts';
import type { Store } from '../state/store.ts';
import { graphAtMoment } from './graph-at-moment.ts';
import { GraphEdgeShape } from './graph-edge-shape.tsx';
import { GraphNodeShape } from './graph-node-shape.tsx';
import { graphWanted } from './graph-wanted.ts';

/** Above this many edges their counts would hide the picture. */
const MOST_LABELS = 40;
const FAINT = 0.13;

/** Nodes and edges where the export has placed them; what the playhead and the filter change is put on top. */
export function NodeLink({ store }: { store: Store }) {
  const { run, view, change, playhead, matches, query } = store;
  const { graph, layout } = run;
  const ref = useRef<SVGSVGElement>(null);
  const selected = useComputed(() => {
    const { agent } = view.value;
    return agent === undefined || !run.speakerById.has(agent) ? undefined : agentKey(agent);
  });
  const wanted = useComputed(() => {
    const { from, to } = view.value;
    const isNarrowed = query.value.terms.length > 0 || from !== undefined || to !== undefined;
    return isNarrowed ? graphWanted(run, matches.value) : undefined;
  });

  // The picture is drawn once. What changes many times a second is set on its elements.
  useSignalEffect(() => {
    const picture = ref.current;
    if (picture === null) return;
    const at = playhead.value;
    const look = at === undefined ? undefined : graphAtMoment(run, at);
    const chosen = selected.value;
    const only = wanted.value;
    for (const element of picture.querySelectorAll<SVGGElement>('.edge')) {
      const place = Number(element.dataset.place);
      const edge = graph.edges[place];
      if (edge === undefined) continue;
      const isNear = chosen === undefined || edge.from === chosen || edge.to === chosen;
      const isWanted = only === undefined || only.edges.has(edge.key);
      element.style.opacity = isNear && isWanted ? String(look?.edgeOpacity(place) ?? 1) : String(FAINT);
      const count = look?.edgeCount(place) ?? only?.edges.get(edge.key) ?? edge.count;
      const label = element.querySelector('.edge-label');
      if (label !== null) label.textContent = count > 1 ? `×${count}` : '';
    }
    const near = new Set([chosen]);
    for (const { from, to } of chosen === undefined ? [] : graph.edges) {
      if (from === chosen) near.add(to);
      if (to === chosen) near.add(from);
    }
    for (const element of picture.querySelectorAll<SVGGElement>('.node')) {
      const place = Number(element.dataset.place);
      const node = graph.nodes[place];
      if (node === undefined) continue;
      const isNear = chosen === undefined || near.has(node.key);
      const isWanted = only === undefined || only.nodes.has(node.key);
      element.style.opacity = isNear && isWanted ? String(look?.nodeOpacity(place) ?? 1) : String(FAINT);
      element.classList.toggle('is-active', look?.isActive(place) ?? false);
      const calls = look?.nodeCalls(place) ?? only?.nodes.get(node.key) ?? node.totals.calls;
      const count = element.querySelector('.node-count');
      if (count !== null) count.textContent = calls > 0 ? formatShort(calls) : '·';
    }
  });

  return useMemo(() => {
    const chosen = selected.value;
    const placedNodes = new Map(layout.nodes.map((node) => [node.key, node]));
    const placedEdges = new Map(layout.edges.map((edge) => [edge.key, edge]));
    const labels = new Map(graph.nodes.map(({ key, label }) => [key, label]));
    return (
      // biome-ignore lint/a11y/useSemanticElements: the picture is SVG, which has no fieldset
      <svg
        ref={ref}
        class="graph"
        role="group"
        aria-label="Graph of agents; the table below says the same"
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        style={{
          minWidth: `${Math.round(layout.width * 0.55)}px`,
          maxWidth: `${Math.round(layout.width * 1.35)}px`,
        }}
      >
        {layout.groups.map(({ label, x, y, width, height }) => (
          <g key={label} class="group">
            <rect x={x} y={y} width={width} height={height} rx="10" />
            <text x={x + 10} y={y + 15}>
              {label}
            </text>
          </g>
        ))}
        {graph.edges.map((edge, place) => (
          <GraphEdgeShape
            key={edge.key}
            run={run}
            edge={edge}
            place={place}
            placed={placedEdges.get(edge.key)}
            label={(key) => labels.get(key) ?? key}
            hasLabel={graph.edges.length <= MOST_LABELS || edge.from === chosen || edge.to === chosen}
          />
        ))}
        {graph.nodes.map((node, place) => (
          <GraphNodeShape
            key={node.key}
            run={run}
            node={node}
            place={place}
            placed={placedNodes.get(node.key)}
            isSelected={node.key === chosen}
            onSelect={() => change({ agent: node.key === chosen ? undefined : node.id })}
          />
        ))}
      </svg>
    );
  }, [run, graph, layout, selected.value, change]);
}
