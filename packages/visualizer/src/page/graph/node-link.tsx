import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { formatShort } from '../../text/format.ts';
import { useBox } from '../hooks/use-box.ts';
import { useCanvas } from '../hooks/use-canvas.ts';
import { searchForEdge, searchForNode } from '../search/search-for.ts';
import type { Store } from '../state/store.ts';
import { formatView } from '../state/view.ts';
import type { Palette } from '../timeline/palette.ts';
import { CameraButtons } from './camera-buttons.tsx';
import { drawEdges } from './draw-edges.ts';
import { edgeAt, edgePaths } from './edge-paths.ts';
import { setErrorRing } from './error-ring.tsx';
import { GraphNodeShape } from './graph-node-shape.tsx';
import { type GraphHover, GraphTip } from './graph-tip.tsx';
import { useCamera } from './use-camera.ts';
import { useLooks } from './use-looks.ts';

/** Above this many pairs that wrote to each other their counts would hide the picture. */
const MOST_LABELS = 40;
/** Words neither shrink nor grow as far as the picture: so much larger may they be, and so they may look. */
const LARGEST_TEXT = 1.55;
const SMALLEST_SCALE = 0.85;
const LARGEST_SCALE = 1.1;
/** Of a node's opacity. */
const STEPS = 16;

/** Nodes and edges where the export has placed them; what the playhead and the filter change is put on top. */
export function NodeLink({ store, palette }: { store: Store; palette: Palette }) {
  const { run, view, change } = store;
  const { graph, layout } = run;
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const size = useBox(box);
  const controls = useCamera(box, layout);
  const { camera } = controls;
  const text = Math.min(
    LARGEST_TEXT,
    Math.max(Math.min(1, LARGEST_SCALE / camera.scale), SMALLEST_SCALE / camera.scale),
  );
  const hover = useSignal<GraphHover | undefined>(undefined);
  const hoveredEdge = useComputed(() => (hover.value?.type === 'edge' ? hover.value.place : undefined));
  const paths = useMemo(() => edgePaths(graph, layout), [graph, layout]);
  const isLabelled = useMemo(
    () => paths.filter(({ edge: { kind } }) => kind === 'message').length <= MOST_LABELS,
    [paths],
  );
  const nodeByKey = useMemo(() => new Map(graph.nodes.map((node) => [node.key, node])), [graph]);
  const { looks, chosen } = useLooks(store);

  const canvas = useCanvas((context, width, height) => {
    context.clearRect(0, 0, width, height);
    const { edge } = looks.value;
    drawEdges(context, {
      run,
      paths,
      camera,
      text,
      palette,
      look: (path) => edge(path.edge, path.place),
      hovered: hoveredEdge.value,
      hasLabel: ({ edge: { kind, from, to } }) =>
        (isLabelled && kind === 'message') || from === chosen.value || to === chosen.value,
    });
  });

  // The nodes are there once. What changes many times a second is set on them, where it is another than before.
  useSignalEffect(() => {
    const { node: lookOf } = looks.value;
    for (const element of svg.current?.querySelectorAll<SVGElement>('.node') ?? []) {
      const place = Number(element.dataset.place);
      const node = graph.nodes[place];
      if (node === undefined) continue;
      const { opacity, calls, errorShare, isWaiting } = lookOf(node, place);
      setErrorRing(element.querySelector('.node-errors'), errorShare);
      // In steps, so that few of them change from one frame to the next.
      const shown = (Math.round(opacity * STEPS) / STEPS).toFixed(2);
      if (element.style.opacity !== shown) element.style.opacity = shown;
      element.classList.toggle('is-waiting', isWaiting);
      const count = element.querySelector('.node-count');
      const text = calls > 0 ? formatShort(calls) : '·';
      if (count !== null && count.textContent !== text) count.textContent = text;
    }
  });

  const narrow = (q: string) => change({ q: view.peek().q === q ? undefined : q });
  const pointAt = (event: MouseEvent) => {
    const { left, top } = (box.current as HTMLDivElement).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const edgeUnder = (event: MouseEvent) => {
    const context = canvas.ref.current?.getContext('2d');
    if (!context) return undefined;
    const { x, y } = pointAt(event);
    const { scale } = camera;
    return edgeAt(context, paths, { x: (x - camera.x) / scale, y: (y - camera.y) / scale }, scale);
  };
  const { q, agent } = view.value;
  const shapes = useMemo(() => {
    const placed = new Map(layout.nodes.map((node) => [node.key, node]));
    return graph.nodes.map((node, place) => {
      const at = placed.get(node.key);
      const search = searchForNode(node);
      const isOnPage = run.speakerByKey.has(node.key);
      return (
        at && (
          <GraphNodeShape
            key={node.key}
            run={run}
            node={node}
            place={place}
            placed={at}
            isSelected={isOnPage ? node.id === agent : q === search}
            href={formatView({ ...view.peek(), q: search })}
            onSelect={() =>
              isOnPage
                ? change({ agent: node.id === view.peek().agent ? undefined : node.id })
                : narrow(search)
            }
          />
        )
      );
    });
  }, [run, q, agent]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what can be clicked is in the table of pairs, too
    // biome-ignore lint/a11y/useKeyWithClickEvents: likewise
    <div
      ref={box}
      class={`picture${hoveredEdge.value === undefined ? '' : ' is-over'}${controls.isWhole ? '' : ' is-zoomed'}`}
      onPointerMove={(event) => {
        if (event.buttons !== 0) {
          hover.value = undefined;
          return;
        }
        const node = (event.target as Element).closest<SVGElement>('.node')?.dataset.place;
        const edge = node === undefined ? edgeUnder(event)?.place : undefined;
        const place = node === undefined ? edge : Number(node);
        hover.value =
          place === undefined
            ? undefined
            : { type: node === undefined ? 'edge' : 'node', place, ...pointAt(event) };
      }}
      onPointerLeave={() => {
        hover.value = undefined;
      }}
      onClick={(event) => {
        if ((event.target as Element).closest('.node, button') !== null) return;
        const edge = edgeUnder(event)?.edge;
        const [from, to] = [nodeByKey.get(edge?.from ?? ''), nodeByKey.get(edge?.to ?? '')];
        if (edge && from && to) narrow(searchForEdge(edge, from, to));
      }}
    >
      <canvas ref={canvas.ref} class="picture-edges" />
      {/* biome-ignore lint/a11y/useSemanticElements: the picture is SVG, which has no fieldset */}
      <svg ref={svg} class="graph" role="group" aria-label="Graph of agents; the tables below say the same">
        <g
          transform={`translate(${camera.x} ${camera.y}) scale(${camera.scale})`}
          style={{ '--text': text.toFixed(2) }}
        >
          {layout.groups.map(({ label, x, y, width, height }) => (
            <g key={label} class="group">
              <rect x={x} y={y} width={width} height={height} rx="10" />
              <text x={x + 10} y={y + 15}>
                {label}
              </text>
            </g>
          ))}
          {shapes}
        </g>
      </svg>
      <CameraButtons camera={controls} />
      {hover.value !== undefined && (
        <GraphTip
          graph={graph}
          labelOf={(key) => nodeByKey.get(key)?.label ?? key}
          hover={hover.value}
          width={size.width}
          height={size.height}
        />
      )}
    </div>
  );
}
