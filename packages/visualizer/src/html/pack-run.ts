import type { RunTree } from '@pd/call-log/schema';
import { toGraph } from '../graph/to-graph.ts';
import { layoutGraph } from '../layout/layout-graph.ts';
import { orderedCalls } from '../page-data/ordered-calls.ts';
import { packColumns } from '../page-data/pack-columns.ts';
import type { PackedRun } from '../page-data/page-data.ts';
import { speakersOf } from '../page-data/speakers.ts';
import { timeSpan } from '../page-data/time-span.ts';
import { BlockWriter } from './block-writer.ts';

/** The elements that hold a run's data one after the other, then what the page begins with. */
export function* packRun(tree: RunTree, place: number): Generator<string, PackedRun, void> {
  const writer = new BlockWriter(`run-${place}`);
  const span = timeSpan(tree);
  const speakers = speakersOf(tree);
  const calls = orderedCalls(tree, span);
  const columns = writer.write(packColumns(tree, calls, speakers, span));
  yield columns.element;
  const packed: PackedRun = {
    run: tree.run,
    audit: tree.audit,
    speakers,
    layout: layoutGraph(toGraph(tree)),
    columns: columns.id,
    calls: [],
    messages: [],
  };
  yield* writer.writeList(
    calls.map(({ call }) => call),
    packed.calls,
  );
  yield* writer.writeList(tree.messages, packed.messages);
  const { logs, steps, orphans } = tree;
  if (logs !== undefined || steps !== undefined || orphans.length > 0) {
    const more = writer.write({ logs, steps, orphans });
    packed.more = more.id;
    yield more.element;
  }
  return packed;
}
