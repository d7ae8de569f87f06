import type { Data } from 'apache-arrow';
import { type Activity, activityByCall, activityByTime } from './activity.ts';
import { fixedListData, float32Data, structData, uint8Data, uint32Data, utf8Data } from './arrow-data.ts';
import type { Chunk, Component, TimeColumn } from './chunk.ts';
import { component } from './components.ts';
import type { FileIds } from './file-ids.ts';
import { growthOf } from './growth.ts';
import { inPieces } from './in-pieces.ts';
import type { Arrow } from './load-arrow.ts';
import type { Moment, Moments } from './moments.ts';
import { LIT, restingColour } from './palette.ts';
import type { Link, Scene } from './scene.ts';
import { callTimes, clockTimes } from './times.ts';

/** The graph as it grows, and the part of it that is in use; the same nodes at the same places. */
export const GRAPH_ENTITIES = { soFar: '/graph', now: '/active' } as const;

/**
 * Colours of all nodes are written for each moment. Beyond this many (16 MB) nodes are not lit: what is going on then shows
 * only in the second graph.
 */
const MOST_COLOURS = 4_000_000;

interface Timeline {
  times: (places: readonly number[]) => TimeColumn;
  place: (moment: Moment) => number;
  moments: readonly Moment[];
  activities: Activity[];
}

/** The two graphs: their nodes once, edges and colours over each of the timelines. */
export function graphChunks(arrow: Arrow, ids: FileIds, scene: Scene, { byCall, byTime }: Moments): Chunk[] {
  if (scene.nodes.length === 0) return [];
  const timelines: Timeline[] = [
    {
      times: callTimes,
      place: ({ call }) => call,
      moments: byCall,
      activities: activityByCall(byCall, scene),
    },
    { times: clockTimes, place: ({ ms }) => ms, moments: byTime, activities: activityByTime(byTime, scene) },
  ];
  const moments = timelines.reduce((sum, { activities }) => sum + activities.length, 0);
  const isLit = moments > 0 && moments * scene.nodes.length <= MOST_COLOURS;
  const chunks: Chunk[] = [];
  const add = (entity: string, rows: number, times: TimeColumn[], components: Component[]) => {
    const first = ids.take(rows);
    const chunkRows = Array.from({ length: rows }, (_, row) => first + row);
    chunks.push({ id: ids.take(1), entity, rows: chunkRows, times, components });
  };

  for (const entity of Object.values(GRAPH_ENTITIES)) {
    add(entity, 1, [], nodeComponents(arrow, scene, isLit));
    for (const { times, place, moments, activities } of timelines) {
      if (entity === GRAPH_ENTITIES.soFar) {
        const { links, growths } = growthOf(moments, place, scene);
        for (const piece of inPieces(growths))
          add(
            entity,
            piece.length,
            [times(piece.map(({ at }) => at))],
            [
              edges(
                arrow,
                scene,
                piece.map(({ count }) => links.slice(0, count)),
              ),
            ],
          );
      }
      for (const piece of inPieces(activities)) {
        const components = [
          ...(isLit ? [colours(arrow, scene, piece)] : []),
          ...(entity === GRAPH_ENTITIES.now
            ? [
                edges(
                  arrow,
                  scene,
                  piece.map(({ links }) => links),
                ),
              ]
            : []),
        ];
        if (components.length > 0) add(entity, piece.length, [times(piece.map(({ at }) => at))], components);
      }
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
  activities.forEach(({ lights }, row) => {
    const begin = row * nodes.length;
    values.set(resting, begin);
    for (const [node, light] of lights) values[begin + node] = LIT[light];
  });
  const offsets = Int32Array.from({ length: activities.length + 1 }, (_, row) => row * nodes.length);
  return component('GraphNodes', 'colors', 'Color', uint32Data(arrow, values), offsets);
}

/** One list of edges a row; an empty one takes away those of the row before. */
function edges(arrow: Arrow, { names }: Scene, lists: readonly (readonly Link[])[]): Component {
  const offsets = new Int32Array(lists.length + 1);
  const from: string[] = [];
  const to: string[] = [];
  lists.forEach((list, row) => {
    for (const link of list) {
      from.push(names[link.from ?? 0] ?? '');
      to.push(names[link.to ?? 0] ?? '');
    }
    offsets[row + 1] = from.length;
  });
  const items: Data = structData(arrow, { first: utf8Data(arrow, from), second: utf8Data(arrow, to) });
  return component('GraphEdges', 'edges', 'GraphEdge', items, offsets);
}
