import type { RunTree } from '@pd/call-log/schema';
import { analyseWithPath } from '../analysis/analyse.ts';
import type { Columns, PackedAnalysis } from './page-data.ts';

/** A run's analysis as the page opens it; the path's calls by their places in the columns. */
export function packAnalysis(tree: RunTree, { calls: { id } }: Columns): PackedAnalysis {
  const { analysis, path } = analyseWithPath(tree);
  const places = new Map<string, number>();
  id.forEach((one, place) => {
    if (!places.has(one)) places.set(one, place);
  });
  return {
    analysis,
    path: path.steps.flatMap(({ kind, callId }) => {
      const place = kind === 'call' && callId !== undefined ? places.get(callId) : undefined;
      return place === undefined ? [] : [place];
    }),
  };
}
