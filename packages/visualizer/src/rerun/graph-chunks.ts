import { type Activity, activitiesOf } from './activity.ts';
import {
  fixedListData,
  float32Data,
  repeatedUtf8Data,
  structData,
  uint8Data,
  uint32Data,
  utf8Data,
} from './arrow-data.ts';
import type { Chunk, Component, TimeColumn } from './chunk.ts';
import { component } from './components.ts';
import type { FileIds } from './file-ids.ts';
import { growthOf } from './growth.ts';
import { inPieces } from './in-pieces.ts';
import { createLinks, type Link } from './links.ts';
import type { Arrow } from './load-arrow.ts';
import { LIT, restingColour } from './palette.ts';
import type { Scene } from './scene.ts';
import type { Timeline } from './timeline.ts';

/** The graph as it grows, and the part of it that is in use; the same nodes at the same places. */
export const GRAPH_ENTITIES = { soFar: '/graph', now: '/active' } as const;

/**
 * Colours of all nodes are written for each moment. Beyond this many (16 MB) nodes are not lit: what is going on then shows
 * only in the second graph.
 */
const MOST_COLOURS = 4_000_000;

/** The two graphs: their nodes once, edges and colours over each of the timelines. */
export function graphChunks(
  arrow: Arrow,
  ids: FileIds,
  scene: Scene,
  timelines: readonly Timeline[],
): Chunk[] {
  if (scene.nodes.length === 0) return [];
  const links = createLinks(scene.nodes);
  const moments = timelines.reduce((sum, { starts }) => sum + starts.length, 0);
  const isLit = moments > 0 && moments * scene.nodes.length <= MOST_COLOURS;
  const chunks: Chunk[] = [];
  const add = (entity: string, rows: number, times: TimeColumn[], components: Component[]) => {
    const first = ids.take(rows);
    const chunkRows = Array.from({ length: rows }, (_, row) => first + row);
    chunks.push({ id: ids.take(1), entity, rows: chunkRows, times, components });
  };

  const { soFar, now } = GRAPH_ENTITIES;
  for (const entity of [soFar, now]) add(entity, 1, [], nodeComponents(arrow, scene, isLit));
  for (const timeline of timelines) {
    const growth = growthOf(timeline, links);
    for (const piece of inPieces(growth.growths)) {
      const lists = piece.map(({ count }) => growth.links.slice(0, count));
      add(soFar, piece.length, [timeline.column(piece.map(({ at }) => at))], [edges(arrow, scene, lists)]);
    }
    for (const piece of inPieces(activitiesOf(timeline, links))) {
      const times = [timeline.column(piece.map(({ at }) => at))];
      const lit = isLit ? [colours(arrow, scene, piece)] : [];
      if (isLit) add(soFar, piece.length, times, lit);
      add(now, piece.length, times, [
        ...lit,
        edges(
          arrow,
          scene,
          piece.map(({ links }) => links),
        ),
      ]);
    }
  }
  return chunks;
}

/** What stays: nodes, labels, places, and colours where they do not change (what stays would hide what changes). */
function nodeComponents(
  arrow: Arrow,
  { nodes, names, labels, positions }: Scene,
  isLit: boolean,
): Component[] {
  const resting = Uint32Array.from(nodes, ({ kind }) => restingColour(kind));
  return [
    component('GraphEdges', 'graph_type', 'GraphType', uint8Data(arrow, [DIRECTED])),
    ...(isLit ? [] : [component('GraphNodes', 'colors', 'Color', uint32Data(arrow, resting))]),
    component('GraphNodes', 'labels', 'Text', utf8Data(arrow, labels)),
    component('GraphNodes', 'node_ids', 'GraphNode', utf8Data(arrow, names)),
    component(
      'GraphNodes',
      'positions',
      'Position2D',
      fixedListData(arrow, 2, float32Data(arrow, positions)),
    ),
  ];
}

/** @see https://rerun.io/docs/reference/types/components/graph_type */
const DIRECTED = 2;

function colours(arrow: Arrow, { nodes }: Scene, activities: readonly Activity[]): Component {
  const resting = Uint32Array.from(nodes, ({ kind }) => restingColour(kind));
  const values = new Uint32Array(nodes.length * activities.length);
  activities.forEach(({ lit }, row) => {
    const begin = row * nodes.length;
    values.set(resting, begin);
    for (const [node, light] of lit) values[begin + node] = LIT[light];
  });
  const offsets = Int32Array.from({ length: activities.length + 1 }, (_, row) => row * nodes.length);
  return component('GraphNodes', 'colors', 'Color', uint32Data(arrow, values), offsets);
}

/** One list of edges a row; an empty one takes away those of the row before. */
function edges(arrow: Arrow, { encodedNames }: Scene, lists: readonly (readonly Link[])[]): Component {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, row) => {
    offsets[row + 1] = (offsets[row] ?? 0) + list.length;
  });
  const count = offsets.at(-1) ?? 0;
  const [from, to] = [new Int32Array(count), new Int32Array(count)];
  let end = 0;
  for (const list of lists)
    for (const link of list) {
      from[end] = link.from;
      to[end++] = link.to;
    }
  const items = structData(arrow, {
    first: repeatedUtf8Data(arrow, encodedNames, from),
    second: repeatedUtf8Data(arrow, encodedNames, to),
  });
  return component('GraphEdges', 'edges', 'GraphEdge', items, offsets);
}
