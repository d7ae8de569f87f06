import type { RunTree } from '@pd/call-log/schema';
import { type Analysis, analyse } from '../analysis/analyse.ts';
import { runHead } from '../markdown/run-head.ts';
import { callTables } from './call-tables.ts';
import { findings } from './findings.ts';
import { timeTables } from './time-tables.ts';

/**
 * What a run's record says about where its time and money went, as Markdown for an issue or a post-mortem: sentences
 * with figures first, then tables. What agents said or are called stands in code wherever it could be markup.
 *
 * @param analysis if it is there already
 */
export function toReport(tree: RunTree, analysis: Analysis = analyse(tree)): string {
  const sentences = findings(analysis).map((sentence) => `- ${sentence}\n`);
  return [
    ...runHead(tree),
    '\n## What stands out\n\n',
    ...(sentences.length === 0 ? ['Nothing: there is no call on record.\n'] : sentences),
    ...timeTables(analysis),
    ...callTables(analysis),
  ].join('');
}
