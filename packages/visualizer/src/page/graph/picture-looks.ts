import type { GraphEdge, GraphNode } from '../../graph/run-graph.ts';
import type { RunModel } from '../run/run-model.ts';
import type { EdgeLook } from './draw-edges.ts';
import { graphAtMoment } from './graph-at-moment.ts';
import type { WantedParts } from './graph-wanted.ts';

/** What is not asked about. */
const FAINT = 0.13;

/** How a node looks now. */
export interface NodeLook {
  opacity: number;
  calls: number;
  /** Waits for the answer to a call. */
  isWaiting: boolean;
}

interface Asked {
  /** The playhead; `undefined` at the end. */
  at: number | undefined;
  /** Key of the chosen node. */
  chosen: string | undefined;
  /** What the filter leaves. */
  only: WantedParts | undefined;
}

/** How every part of the picture looks at the playhead, under the filter and beside the chosen node. */
export function pictureLooks(run: RunModel, { at, chosen, only }: Asked) {
  const { graph } = run;
  const now = at === undefined ? undefined : graphAtMoment(run, at);
  const near = new Set([chosen]);
  for (const { from, to } of chosen === undefined ? [] : graph.edges) {
    if (from === chosen) near.add(to);
    if (to === chosen) near.add(from);
  }
  return {
    node(node: GraphNode, place: number): NodeLook {
      const isAsked =
        (chosen === undefined || near.has(node.key)) && (only === undefined || only.nodes.has(node.key));
      return {
        opacity: isAsked ? (now?.nodeOpacity(place) ?? 1) : FAINT,
        calls: now?.nodeCalls(place) ?? only?.nodes.get(node.key) ?? node.totals.calls,
        isWaiting: now?.isActive(place) ?? node.totals.openCalls > 0,
      };
    },
    edge(edge: GraphEdge, place: number): EdgeLook {
      const isAsked =
        (chosen === undefined || edge.from === chosen || edge.to === chosen) &&
        (only === undefined || only.edges.has(edge.key));
      return {
        opacity: isAsked ? (now?.edgeOpacity(place) ?? 1) : FAINT,
        count: now?.edgeCount(place) ?? only?.edges.get(edge.key) ?? edge.count,
      };
    },
  };
}
