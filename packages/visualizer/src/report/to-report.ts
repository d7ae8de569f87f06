import type { RunTree } from '@pd/call-log/schema';
import { type Analysis, analyse } from '../analysis/analyse.ts';
import { runHead } from '../markdown/run-head.ts';

/** x */
export function toReport(tree: RunTree, analysis: Analysis = analyse(tree)): string {
  return [...runHead(tree)].join('') + analysis.durationMs;
}
