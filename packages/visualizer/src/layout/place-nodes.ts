import { isSpeaker } from '../graph/is-speaker.ts';
import type { GraphNode, RunGraph } from '../graph/run-graph.ts';
import { decimal, type Point } from './geometry.ts';
import type { PlacedGroup } from './graph-layout.ts';
import { findHub, linksBetween } from './links.ts';
import { placeRows } from './place-rows.ts';
import { placeSilent } from './place-silent.ts';
import { ringOrder } from './ring-order.ts';
import { talkOrder } from './talk-order.ts';

/** Room along the ring for one speaker: least and most. */
const LEAST_ARC = 100;
const MOST_ARC = 150;
/** A ring of more than these would be too wide to read: they stand in a grid. */
const MOST_ON_A_RING = 150;
/** Between the speakers and the models below, or the tools above them. */
const ROW_DISTANCE = 150;

/** Where the centres of all nodes are, by key, and the frames around some. */
export interface Places {
  centres: Map<string, Point>;
  groups: PlacedGroup[];
}

/**
 * Centres of all nodes around (0, 0). Speakers stand on an ellipse, a coordinator in its middle; models
 * stand in rows below and tools in rows above, each as close as possible to those who call it; who never
 * took part stands aside, at the bottom.
 *
 * @param labelWidth of the longest label, which decides how close speakers may stand
 */
export function placeNodes(graph: RunGraph, labelWidth: number): Places {
  const speakers = graph.nodes.filter((node) => isSpeaker(node) && !node.isSilent);
  const silent = graph.nodes.filter(({ isSilent }) => isSilent);
  const centres = placeSpeakers(speakers, graph, labelWidth);
  const { top, bottom } = extent(centres);
  const below = centres.size === 0 ? 0 : bottom + ROW_DISTANCE;
  placeRows(ofKind(graph, 'model'), graph, centres, { first: below, step: 110 });
  placeRows(ofKind(graph, 'tool'), graph, centres, { first: top - ROW_DISTANCE * 0.8, step: -84 });
  const group = placeSilent(
    silent,
    centres,
    labelWidth,
    centres.size === 0 ? 0 : extent(centres).bottom + 84,
  );
  return { centres, groups: group === undefined ? [] : [group] };
}

function ofKind(graph: RunGraph, kind: GraphNode['kind']): GraphNode[] {
  return graph.nodes.filter((node) => node.kind === kind);
}

function extent(centres: ReadonlyMap<string, Point>): { top: number; bottom: number } {
  let [top, bottom] = [0, 0];
  for (const { y } of centres.values()) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { top, bottom };
}

function placeSpeakers(
  speakers: readonly GraphNode[],
  graph: RunGraph,
  labelWidth: number,
): Map<string, Point> {
  const places = new Map<string, Point>();
  const links = linksBetween(speakers, graph);
  if (speakers.length > MOST_ON_A_RING) return placeGrid(speakers, talkOrder(links), labelWidth);
  const hub = findHub(links);
  const members = speakers.map((_, index) => index).filter((index) => index !== hub);
  const order = ringOrder(members, links);
  const count = order.length;
  const arc = Math.min(MOST_ARC, Math.max(LEAST_ARC, labelWidth + 20));
  const rx = count === 1 ? 0 : Math.max(count === 2 ? 110 : 160, (count * arc) / (2 * Math.PI) / 0.86);
  const ry = count <= 2 ? 0 : rx * (hub === undefined && count === 3 ? 0.62 : 0.72);
  order.forEach((member, place) => {
    const speaker = speakers[member];
    // Two stand side by side; more begin at the top.
    const angle = (count === 2 ? Math.PI : -Math.PI / 2) + (2 * Math.PI * place) / count;
    if (speaker)
      places.set(speaker.key, { x: decimal(rx * Math.cos(angle)), y: decimal(ry * Math.sin(angle)) });
  });
  const middle = hub === undefined ? undefined : speakers[hub];
  if (middle) places.set(middle.key, { x: 0, y: 0 });
  return places;
}

/** To and fro like the lines of a ploughed field, so that who is next in the order is next in the picture. */
function placeGrid(
  speakers: readonly GraphNode[],
  order: readonly number[],
  labelWidth: number,
): Map<string, Point> {
  const places = new Map<string, Point>();
  const columns = Math.ceil(Math.sqrt(order.length * 1.3));
  const step = Math.max(LEAST_ARC, labelWidth + 20);
  order.forEach((member, place) => {
    const row = Math.floor(place / columns);
    const column = row % 2 === 0 ? place % columns : columns - 1 - (place % columns);
    const speaker = speakers[member];
    if (speaker) places.set(speaker.key, { x: column * step, y: row * 100 });
  });
  return places;
}
