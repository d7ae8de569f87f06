import type { RunTree } from '@pd/call-log/schema';
import { toGraph } from '../graph/to-graph.ts';
import { showArrows } from './show-arrows.ts';
import { showHead } from './show-head.ts';
import { showTimeline } from './show-timeline.ts';
import { showTotals } from './show-totals.ts';
import { createShowStyle, type ShowOptions } from './style.ts';

/** A run as text for a terminal, line by line: what run it is, who talked to whom, when, and what it came to. */
export function* showRun(tree: RunTree, options: ShowOptions): Generator<string> {
  const style = createShowStyle(options);
  const graph = toGraph(tree);
  yield* showHead(tree, style);
  for (const part of [showArrows(graph, style), showTimeline(tree, graph, style), showTotals(tree, style)]) {
    const lines = [...part];
    if (lines.length === 0) continue;
    yield '';
    yield* lines;
  }
}
