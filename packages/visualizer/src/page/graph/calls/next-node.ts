import type { CallsPicture } from './calls-picture.ts';

/** The node that an arrow key leads to from another one: along time, or to the nearest in a lane above or below. */
export function nextNode({ graph, layout }: CallsPicture, place: number, key: string): number | undefined {
  const last = graph.nodes.length - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, place + 1);
    case 'ArrowLeft':
      return Math.max(0, place - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowUp':
      return inLane(graph, layout.x, place, -1);
    case 'ArrowDown':
      return inLane(graph, layout.x, place, 1);
    default:
      return undefined;
  }
}

function inLane(
  { nodes, lanes }: CallsPicture['graph'],
  x: Float64Array,
  place: number,
  by: 1 | -1,
): number | undefined {
  const [from, at] = [nodes[place]?.lane ?? 0, x[place] ?? 0];
  const nearest = new Map<number, number>();
  nodes.forEach(({ lane }, other) => {
    const known = nearest.get(lane);
    if (known === undefined || Math.abs((x[other] ?? 0) - at) < Math.abs((x[known] ?? 0) - at))
      nearest.set(lane, other);
  });
  for (let lane = from + by; lane >= 0 && lane < lanes.length; lane += by) {
    const found = nearest.get(lane);
    if (found !== undefined) return found;
  }
  return place;
}
