import type { ExpandedGraph } from './expanded-graph.ts';

/** Where an expanded graph's nodes stand: columns of numbers, because there may be 100,000. */
export interface ExpandedLayout {
  width: number;
  height: number;
  /** Centre of each node, in the order of the nodes. */
  x: Float64Array;
  y: Float64Array;
  /** Middle of each lane. */
  laneY: Float64Array;
}

const MARGIN = 40;
const LANE = 56;
/** From one node to the next: least and most, however little or much time went by. */
const LEAST_STEP = 26;
const MOST_STEP = 90;

/**
 * Lanes from top to bottom, time from left to right. Every node stands right of the one before it, the
 * further the more time went by between the two, compared with the usual pause of this run.
 */
export function layoutExpanded({ lanes, nodes }: ExpandedGraph): ExpandedLayout {
  const laneY = Float64Array.from(lanes, (_, lane) => MARGIN + (lane + 0.5) * LANE);
  const pauses = Float64Array.from(nodes, ({ atMs }, place) => pause(nodes[place - 1]?.atMs, atMs));
  const usual = Math.max(1, pauses.slice().sort()[Math.floor(pauses.length * 0.75)] ?? 1);
  const x = new Float64Array(nodes.length);
  const y = new Float64Array(nodes.length);
  let at = MARGIN;
  nodes.forEach(({ lane }, place) => {
    if (place > 0)
      at += LEAST_STEP + (MOST_STEP - LEAST_STEP) * Math.min(1, (pauses[place] ?? 0) / (4 * usual));
    x[place] = Math.round(at * 10) / 10;
    y[place] = laneY[lane] ?? MARGIN;
  });
  return { width: Math.ceil(at + MARGIN), height: 2 * MARGIN + lanes.length * LANE, x, y, laneY };
}

function pause(before: number | undefined, now: number | undefined): number {
  return before === undefined || now === undefined ? 0 : Math.max(0, now - before);
}
