import { existsSync } from 'node:fs';
import { NotALogError } from '../errors/not-a-log-error.ts';
import type { RunTree } from '../schema/tree.ts';
import { createSpill } from '../tree/create-spill.ts';
import { writeTree } from '../tree/write-tree.ts';
import type { FoundRun } from './find-runs.ts';
import { foldRun } from './fold-run.ts';
import { segmentPaths } from './segment-paths.ts';

/** What was found in a journal, and written. */
export interface Recovery {
  id: string;
  status: RunTree['run']['status'];
  /** Path of the tree. */
  tree: string;
  /** Whether a snapshot was there already. */
  replaced: boolean;
  records: number;
  damaged_lines: number;
  calls: number;
  /** Calls without an ending, of a process that is gone. */
  interrupted_calls: number;
  orphans: number;
}

/**
 * Writes the tree of a run again from its journal, in whatever state that is. The tree is replaced as a whole;
 * the journal is only read.
 *
 * @throws {NotALogError} when there is no journal, or no record in it
 */
export async function recoverTree({ id, journal, tree }: FoundRun): Promise<Recovery> {
  if (journal === undefined)
    throw new NotALogError(tree ?? id, 'its journal is gone, nothing to build it from');
  const path = journal.replace(/l$/, '');
  const replaced = existsSync(path);
  const spill = createSpill(path);
  try {
    const tree = await foldRun([journal, ...segmentPaths(journal)], journal, spill);
    writeTree(path, tree);
    const { run, agents, orphans, audit } = tree;
    const unfinished = agents.flatMap(({ calls }) => [...calls.shownOtherwise()]);
    return {
      id,
      status: run.status,
      tree: path,
      replaced,
      records: audit.events,
      damaged_lines: audit.damaged_lines,
      calls: run.totals.calls,
      interrupted_calls: unfinished.filter(({ status }) => status === 'interrupted').length,
      orphans: orphans.length,
    };
  } finally {
    spill.close();
  }
}
