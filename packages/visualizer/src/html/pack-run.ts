import type { MessageNode, RunTree } from '@pd/call-log/schema';
import type { GraphEdge, RunGraph } from '../graph/run-graph.ts';
import { toGraph } from '../graph/to-graph.ts';
import { layoutGraph } from '../layout/layout-graph.ts';
import { orderedCalls } from '../page-data/ordered-calls.ts';
import { packAnalysis } from '../page-data/pack-analysis.ts';
import { packColumns } from '../page-data/pack-columns.ts';
import type { Columns, PackedRun } from '../page-data/page-data.ts';
import { speakersOf } from '../page-data/speakers.ts';
import { timeSpan } from '../page-data/time-span.ts';
import { isInTurns } from '../page-data/turns.ts';
import type { Block } from './block.ts';
import { BlockWriter } from './block-writer.ts';

/** The blocks that hold a run's data one after the other, then what the page begins with. */
export function* packRun(tree: RunTree, place: number): Generator<Block, PackedRun, void> {
  const writer = new BlockWriter(`run-${place}`);
  const span = timeSpan(tree);
  const speakers = speakersOf(tree);
  const calls = orderedCalls(tree, span);
  const graph = toGraph(tree);
  const columns = packColumns(tree, calls, speakers, span);
  const columnsBlock = writer.block(columns);
  yield columnsBlock;
  const packed: PackedRun = {
    run: tree.run,
    ...(isInTurns(tree) && { isInTurns: true }),
    audit: tree.audit,
    speakers,
    graph: withoutLists(graph),
    layout: layoutGraph(graph),
    columns: columnsBlock.id,
    calls: [],
    messages: [],
  };
  yield* writer.list(
    calls.map(({ call }) => call),
    packed.calls,
  );
  yield* writer.list(saidOnce(tree.messages, columns), packed.messages);
  const { logs, steps, orphans } = tree;
  if (logs !== undefined || steps !== undefined || orphans.length > 0) {
    const more = writer.block({ logs, steps, orphans });
    packed.more = more.id;
    yield more;
  }
  if (calls.length > 0) {
    const analysis = writer.block(packAnalysis(tree, columns));
    packed.analysis = analysis.id;
    yield analysis;
  }
  return packed;
}

/** What a message says that is a reply stands with its call. */
function* saidOnce(messages: readonly MessageNode[], columns: Columns): Generator<MessageNode> {
  for (const [place, message] of messages.entries()) {
    const { content, ...rest } = message;
    yield columns.messages.excerpt[place] === null ? rest : message;
  }
}

function withoutLists(graph: RunGraph): RunGraph {
  return { ...graph, edges: graph.edges.map(withoutList) };
}

function withoutList(edge: GraphEdge): GraphEdge {
  switch (edge.kind) {
    case 'message':
      return { ...edge, messages: [] };
    case 'call':
      return { ...edge, calls: [] };
    case 'tool':
      return { ...edge, toolCalls: [] };
  }
}
