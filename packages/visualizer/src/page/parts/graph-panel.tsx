import { useMemo } from 'preact/hooks';
import type { Store } from '../state/store.ts';
import { GraphEdgeShape } from './graph-edge-shape.tsx';
import { GraphNodeShape } from './graph-node-shape.tsx';

/** Above this many edges their counts would hide the picture. */
const MOST_LABELS = 40;

/** Who talked to whom and who called which model, as a picture. */
export function GraphPanel({ store: { run, view, change } }: { store: Store }) {
  const { agent } = view.value;
  return useMemo(() => {
    const { graph, layout } = run;
    const chosen = agent === undefined ? undefined : run.speakerById.get(agent);
    const selected = graph.nodes.find(
      ({ kind, id }) => (kind === 'agent' || kind === 'person') && id === chosen?.id,
    )?.key;
    const placedNodes = new Map(layout.nodes.map((node) => [node.key, node]));
    const placedEdges = new Map(layout.edges.map((edge) => [edge.key, edge]));
    const labels = new Map(graph.nodes.map(({ key, label }) => [key, label]));
    const near = new Set(selected === undefined ? [] : [selected]);
    for (const { from, to } of graph.edges) {
      if (from === selected) near.add(to);
      if (to === selected) near.add(from);
    }
    return (
      <section class="panel graph-panel" aria-labelledby="graph-title">
        <div class="panel-head">
          <h2 id="graph-title">Graph</h2>
          <ul class="legend" aria-hidden="true">
            <li class="legend-message">messages</li>
            <li class="legend-call">calls</li>
            <li class="legend-error">error rate</li>
          </ul>
        </div>
        <div class="graph-scroll">
          {/* biome-ignore lint/a11y/useSemanticElements: the picture is SVG, which has no fieldset */}
          <svg
            class="graph"
            role="group"
            aria-label="Graph of agents; the table below says the same"
            viewBox={`0 0 ${layout.width} ${layout.height}`}
            style={{
              minWidth: `${Math.round(layout.width * 0.55)}px`,
              maxWidth: `${Math.round(layout.width * 1.35)}px`,
            }}
          >
            {graph.edges.map((edge) => (
              <GraphEdgeShape
                key={edge.key}
                run={run}
                edge={edge}
                placed={placedEdges.get(edge.key)}
                label={(key) => labels.get(key) ?? key}
                isFaint={selected !== undefined && edge.from !== selected && edge.to !== selected}
                hasLabel={graph.edges.length <= MOST_LABELS || edge.from === selected || edge.to === selected}
              />
            ))}
            {graph.nodes.map((node) => (
              <GraphNodeShape
                key={node.key}
                run={run}
                node={node}
                placed={placedNodes.get(node.key)}
                isSelected={node.key === selected}
                isFaint={selected !== undefined && !near.has(node.key)}
                onSelect={() => change({ agent: node.key === selected ? undefined : node.id })}
              />
            ))}
          </svg>
          {graph.nodes.length === 0 && <p class="empty">Nobody has said or asked anything yet.</p>}
        </div>
      </section>
    );
  }, [run, agent, change]);
}
