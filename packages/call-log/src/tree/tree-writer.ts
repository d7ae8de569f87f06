import { closeSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { foldSegments } from '../reader/fold-segments.ts';
import { JournalFold } from '../reader/journal-fold.ts';
import { segmentPaths } from '../reader/segment-paths.ts';
import type { RunTree } from '../schema/tree.ts';
import type { RunFold } from './run-fold.ts';
import { sweepTemporary } from './sweep-temporary.ts';
import { GROWTH } from './tree-keeper.ts';

/** The two files of a run. */
export interface RunFiles {
  journal: string;
  tree: string;
}

/** Keeps the trees of growing journals fresh, reading on where it stopped. Synchronous: lives in the worker. */
export class TreeWriter {
  readonly #runs = new Map<string, { fold: JournalFold; offset: number; written: number }>();
  readonly #swept = new Set<string>();

  /**
   * Reads what is new in the journal and writes the tree if that is enough. When requests come faster than they
   * are carried out, the first one finds what all of them announce. With `ended` the tree is written in any case and
   * the run forgotten.
   *
   * @throws file system errors
   */
  refresh({ journal, tree }: RunFiles, ended: boolean): void {
    const run = this.#runs.get(journal) ?? { fold: new JournalFold(), offset: 0, written: 0 };
    this.#runs.set(journal, run);
    run.offset = readOn(journal, run.offset, (chunk) => run.fold.push(chunk));
    if (!ended && run.offset < run.written * GROWTH) return;
    if (ended) this.#runs.delete(journal);
    const dir = dirname(tree);
    if (!this.#swept.has(dir)) sweepTemporary(dir);
    this.#swept.add(dir);
    writeTree(tree, whole(journal, run.fold).tree({ alive: true }));
    run.written = run.offset;
  }
}

/** The fold of all segments. What other processes wrote has its place among the rest, so it is read from the start. */
function whole(journal: string, root: JournalFold): RunFold {
  const segments = segmentPaths(journal);
  if (segments.length === 0) return root.run;
  const steps = foldSegments([journal, ...segments]);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Writes a tree so that a reader never sees half of it. */
export function writeTree(path: string, tree: RunTree): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(tree, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function readOn(path: string, from: number, take: (chunk: Buffer) => void): number {
  const fd = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(256 * 1024);
  let offset = from;
  try {
    for (;;) {
      const length = readSync(fd, buffer, 0, buffer.length, offset);
      if (length === 0) return offset;
      take(buffer.subarray(0, length));
      offset += length;
    }
  } finally {
    closeSync(fd);
  }
}
