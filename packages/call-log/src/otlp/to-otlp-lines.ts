import type { RunTree } from '../schema/tree.ts';
import { requestText } from './otlp-json.ts';
import { spanBatches } from './span-batches.ts';
import { DEFAULT_RESOURCE, type TreeToSpansOptions, treeToSpans } from './tree-to-spans.ts';

/**
 * The same as `toOtlp()`, as text, a request at a time, each no larger than collectors take (512 spans, 4 MB; a larger
 * span goes alone). One on each line is what a collector's file receiver reads and its file exporter writes.
 */
export function* toOtlpLines(tree: RunTree, options: TreeToSpansOptions = {}): Generator<string> {
  const { resource = DEFAULT_RESOURCE } = options;
  for (const batch of spanBatches(treeToSpans(tree, options))) yield requestText(batch, resource);
}
