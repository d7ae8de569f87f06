import type { GraphNode, RunGraph } from '../graph/run-graph.ts';

/** How strongly the speakers (by their place in a list) talk with each other, both directions together. */
export interface Links {
  /** Weights by neighbour, per speaker. */
  of: ReadonlyMap<number, number>[];
  /** Pairs once each, `[a, b, weight]` with a < b. */
  pairs: [number, number, number][];
}

export function linksBetween(speakers: readonly GraphNode[], graph: RunGraph): Links {
  const places = new Map(speakers.map(({ key }, index) => [key, index]));
  const of = speakers.map(() => new Map<number, number>());
  for (const edge of graph.edges) {
    const [a, b] = [places.get(edge.from), places.get(edge.to)];
    if (a === undefined || b === undefined || a === b) continue;
    // The square root keeps one busy pair from deciding everything.
    add(of[a], b, Math.sqrt(edge.count));
    add(of[b], a, Math.sqrt(edge.count));
  }
  const pairs = of.flatMap((neighbours, a) =>
    [...neighbours].filter(([b]) => a < b).map(([b, weight]): [number, number, number] => [a, b, weight]),
  );
  return { of, pairs };
}

function add(weights: Map<number, number> | undefined, key: number, weight: number): void {
  weights?.set(key, (weights.get(key) ?? 0) + weight);
}

/**
 * The speaker everybody talks with while hardly anybody talks past it, if there is one: a coordinator
 * belongs in the middle of the picture.
 */
export function findHub({ of, pairs }: Links): number | undefined {
  const connected = of.filter(({ size }) => size > 0).length;
  if (connected < 4) return undefined;
  let hub = 0;
  of.forEach(({ size }, index) => {
    if (size > (of[hub]?.size ?? 0)) hub = index;
  });
  const past = pairs.filter(([a, b]) => a !== hub && b !== hub).length;
  const reached = of[hub]?.size ?? 0;
  return reached >= (connected - 1) * 0.75 && past <= (connected - 1) / 2 ? hub : undefined;
}
