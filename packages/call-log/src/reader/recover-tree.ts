import { existsSync } from 'node:fs';
import { NotALogError } from '../errors/not-a-log-error.ts';
import type { RunTree } from '../schema/tree.ts';
import { writeTree } from '../tree/tree-writer.ts';
import type { FoundRun } from './find-runs.ts';
import { readTree } from './read-tree.ts';

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
  const recovered = await readTree(journal);
  const path = journal.replace(/l$/, '');
  const replaced = existsSync(path);
  writeTree(path, recovered);
  const { run, agents, orphans, audit } = recovered;
  const calls = agents.flatMap((agent) => agent.calls);
  return {
    id,
    status: run.status,
    tree: path,
    replaced,
    records: audit.events,
    damaged_lines: audit.damaged_lines,
    calls: calls.length,
    interrupted_calls: calls.filter(({ status }) => status === 'interrupted').length,
    orphans: orphans.length,
  };
}
