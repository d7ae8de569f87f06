import { isSpeaker } from '../graph/is-speaker.ts';
import type { GraphNode, RunGraph } from '../graph/run-graph.ts';
import { decimal, type Point } from './geometry.ts';
import { findHub, linksBetween } from './links.ts';
import { ringOrder } from './ring-order.ts';

/** Room along the ring for one speaker: least and most. */
const LEAST_ARC = 100;
const MOST_ARC = 150;
/** Between two models beside each other, and between rows of them. */
const MODEL_GAP = 150;
const MODELS_PER_ROW = 5;

/**
 * Centres of all nodes, by key, around (0, 0). Speakers stand on an ellipse, a coordinator in its middle;
 * models stand in rows below, each as close as possible to those who call it.
 *
 * @param labelWidth of the longest label, which decides how close speakers may stand
 */
export function placeNodes(graph: RunGraph, labelWidth: number): Map<string, Point> {
  const speakers = graph.nodes.filter(isSpeaker);
  const models = graph.nodes.filter((node) => !isSpeaker(node));
  const places = placeSpeakers(speakers, graph, labelWidth);
  const bottom = Math.max(0, ...[...places.values()].map(({ y }) => y));
  placeModels(models, graph, places, places.size === 0 ? 0 : bottom + 150);
  return places;
}

function placeSpeakers(
  speakers: readonly GraphNode[],
  graph: RunGraph,
  labelWidth: number,
): Map<string, Point> {
  const places = new Map<string, Point>();
  const links = linksBetween(speakers, graph);
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

function placeModels(
  models: readonly GraphNode[],
  graph: RunGraph,
  places: Map<string, Point>,
  top: number,
): void {
  const pull = new Map(models.map(({ key }) => [key, { sum: 0, weight: 0 }]));
  for (const edge of graph.edges) {
    const sums = pull.get(edge.to);
    const from = places.get(edge.from);
    if (sums === undefined || from === undefined) continue;
    sums.sum += from.x * edge.count;
    sums.weight += edge.count;
  }
  const middle = (key: string) => {
    const { sum, weight } = pull.get(key) ?? { sum: 0, weight: 0 };
    return weight === 0 ? 0 : sum / weight;
  };
  const ordered = [...models].sort((a, b) => middle(a.key) - middle(b.key));
  ordered.forEach(({ key }, index) => {
    const row = Math.floor(index / MODELS_PER_ROW);
    const inRow = Math.min(MODELS_PER_ROW, ordered.length - row * MODELS_PER_ROW);
    const column = (index % MODELS_PER_ROW) - (inRow - 1) / 2;
    places.set(key, { x: decimal(column * MODEL_GAP), y: decimal(top + row * 120) });
  });
}
