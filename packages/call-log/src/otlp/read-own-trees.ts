import { OtlpFormatError } from '../errors/otlp-format-error.ts';
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
  return spansToTrees(spans).map((tree) => {
    const problem = checkTree(tree);
    if (problem !== undefined) throw new OtlpFormatError(`run ${String(tree.run?.id)}`, problem);
    return tree;
  });
}
