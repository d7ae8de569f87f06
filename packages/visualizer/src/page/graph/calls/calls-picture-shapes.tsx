import type { ExpandedEdge } from '../../../expanded/expanded-graph.ts';
import type { FoldedNode } from '../../../expanded/fold-expanded.ts';
import { formatDuration } from '../../model/format.ts';
import type { RunModel } from '../../run/run-model.ts';
import { CallNodeShape, happeningName } from './call-node-shape.tsx';
import { type CallsPicture, loopName } from './calls-picture.ts';
import { LoopFrame } from './loop-frame.tsx';

interface CallsPictureShapesProps {
  run: RunModel;
  picture: CallsPicture;
  /** Places among the nodes. */
  selected: number | undefined;
  cursor: number;
  onToggle: (loop: string) => void;
}

/** Lanes, edges as recorded, loops, and a shape for everything that happened. */
export function CallsPictureShapes({ run, picture, selected, cursor, onToggle }: CallsPictureShapesProps) {
  const { graph, layout } = picture;
  const rooms = labelRooms(picture);
  return (
    <>
      {graph.lanes.map(({ key }, lane) => (
        <line
          key={key}
          class="calls-lane"
          x1={0}
          x2={layout.width}
          y1={layout.laneY[lane]}
          y2={layout.laneY[lane]}
        />
      ))}
      {graph.loops.map((loop) => {
        const first = graph.nodes[loop.first];
        const name = first === undefined ? '' : loopName(first);
        return <LoopFrame key={name} picture={picture} loop={loop} onToggle={() => onToggle(name)} />;
      })}
      {lanePaths(picture).map((path, lane) => path && <path key={lane} class="calls-edge-next" d={path} />)}
      {graph.edges.map(
        (edge) =>
          edge.kind !== 'next' && (
            <EdgeShape key={`${edge.kind}:${edge.from}:${edge.to}`} edge={edge} picture={picture} />
          ),
      )}
      {graph.nodes.map((node, place) => (
        <CallNodeShape
          key={node.key}
          node={node}
          place={place}
          x={layout.x[place] ?? 0}
          y={layout.y[place] ?? 0}
          toY={node.toLane === undefined ? undefined : layout.laneY[node.toLane]}
          colour={run.speakerById.get(graph.lanes[node.lane]?.id ?? '')?.colour ?? 'var(--person)'}
          room={rooms[place] ?? 0}
          name={nameOf(run, picture, node)}
          isSelected={place === selected}
          isCursor={place === cursor}
        />
      ))}
    </>
  );
}

/** What is said of a node in one line. */
export function nameOf(run: RunModel, { graph }: CallsPicture, node: FoldedNode): string {
  const at =
    node.atMs === undefined
      ? 'at an unknown time'
      : `at ${formatDuration(Math.max(0, node.atMs - run.origin))}`;
  return happeningName(node, graph.lanes[node.lane]?.label ?? 'somebody', at);
}

function EdgeShape({
  edge: { kind, from, to },
  picture: { layout },
}: {
  edge: ExpandedEdge;
  picture: CallsPicture;
}) {
  const [x1, y1, x2, y2] = [layout.x[from], layout.y[from], layout.x[to], layout.y[to]];
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null;
  const lift = Math.min(30, 8 + Math.abs(x2 - x1) / 8);
  const path =
    y1 === y2
      ? `M${x1} ${y1}C${x1 + 8} ${y1 - lift} ${x2 - 8} ${y2 - lift} ${x2} ${y2}`
      : `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
  return <path class={`calls-edge calls-edge-${kind}`} d={path} data-to={to} />;
}

/** What follows each other in a lane, as one path per lane: these are as many as the nodes. */
function lanePaths({ graph: { lanes, nodes, edges }, layout: { x, y } }: CallsPicture): string[] {
  const paths = lanes.map(() => '');
  for (const { kind, from, to } of edges) {
    const lane = nodes[from]?.lane;
    if (kind === 'next' && lane !== undefined) paths[lane] += `M${x[from]} ${y[from]}H${x[to]}`;
  }
  return paths;
}

/** How far each node is from its neighbours in the lane: their labels share the row. */
function labelRooms({ graph: { nodes, lanes }, layout: { x } }: CallsPicture): Float64Array {
  const rooms = new Float64Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  const last: (number | undefined)[] = lanes.map(() => undefined);
  nodes.forEach(({ lane, kind }, place) => {
    if (kind === 'message') return;
    const before = last[lane];
    last[lane] = place;
    if (before === undefined) return;
    const room = (x[place] ?? 0) - (x[before] ?? 0) - 6;
    rooms[before] = Math.min(rooms[before] ?? room, room);
    rooms[place] = room;
  });
  return rooms.map((room) => Math.min(room, 130));
}
