import { OtlpFormatError } from '../errors/otlp-format-error.ts';
import { messageOf } from '../journal/error-record.ts';
import type { Span } from '../otel/span.ts';
import type { RunTree } from '../schema/tree.ts';
import { spansToTrees } from './spans-to-trees.ts';

/**
 * The trees of our own spans, checked. What checks them is loaded with the first, so that a program that only exports
 * starts quickly.
 *
 * @throws {OtlpFormatError} when what the attributes say is no tree
 */
export async function readOwnTrees(spans: readonly Span[]): Promise<RunTree[]> {
  const { checkTree } = await import('../reader/check-tree.ts');
  const trees = build(spans);
  for (const tree of trees) {
    const problem = checkTree(tree);
    if (problem !== undefined) throw new OtlpFormatError(`run ${String(tree.run?.id)}`, problem);
  }
  return trees;
}

/** Totals are added up before anything is checked, and a stranger's attributes may have no numbers where they belong. */
function build(spans: readonly Span[]): RunTree[] {
  try {
    return spansToTrees(spans);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new OtlpFormatError('the attributes of a call', messageOf(error), { cause: error });
  }
}
