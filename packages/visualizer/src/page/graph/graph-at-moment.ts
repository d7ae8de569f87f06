import { createGraphClock, type GraphClock } from '../../graph/graph-clock.ts';
import type { RunModel } from '../run/run-model.ts';
import { sourceOfRun } from '../run/source-of-run.ts';

/** How long somebody is remembered at the playhead: the share of the run after which a trace has faded by half. */
const HALF_LIFE = 0.04;
/** How much is to be seen of what has happened long ago, and of what is still to come. */
const LONG_AGO = 0.3;
const NOT_YET = 0.07;

const clocks = new WeakMap<RunModel, GraphClock>();

/** The run's clock; made when the playhead is first moved. */
function clockOf(run: RunModel): GraphClock {
  const clock = clocks.get(run) ?? createGraphClock(sourceOfRun(run), run.graph);
  clocks.set(run, clock);
  return clock;
}

/** How the parts of the graph look at a moment, by their places in `graph.nodes` and `graph.edges`. */
export interface GraphLook {
  /** 0 to 1: the more recent, the more there is to see. */
  nodeOpacity(place: number): number;
  edgeOpacity(place: number): number;
  /** Calls that had begun by then. */
  nodeCalls(place: number): number;
  edgeCount(place: number): number;
  /** Calls that had failed by then. */
  nodeErrors(place: number): number;
  /** Whether a call of theirs was going on. */
  isActive(place: number): boolean;
}

/** @param at milliseconds since the run began */
export function graphAtMoment(run: RunModel, at: number): GraphLook {
  const atMs = run.origin + at;
  const moment = clockOf(run).moveTo(atMs);
  const fade = (lastMs: number | undefined) => {
    if (lastMs === undefined || Number.isNaN(lastMs)) return NOT_YET;
    return LONG_AGO + (1 - LONG_AGO) * 0.5 ** ((atMs - lastMs) / (HALF_LIFE * run.end));
  };
  const isActive = (place: number) => (moment.nodeOpenCalls[place] ?? 0) > 0;
  return {
    nodeOpacity: (place) => (isActive(place) ? 1 : fade(moment.nodeLastMs[place])),
    edgeOpacity: (place) => fade(moment.edgeLastMs[place]),
    nodeCalls: (place) => moment.nodeCalls[place] ?? 0,
    nodeErrors: (place) => moment.nodeErrors[place] ?? 0,
    edgeCount: (place) => moment.edgeCounts[place] ?? 0,
    isActive,
  };
}
