import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from '../journal/process-identity.ts';
import { foldSegments } from '../reader/fold-segments.ts';
import { JournalFold } from '../reader/journal-fold.ts';
import { ownersOf, segmentPaths } from '../reader/segment-paths.ts';
import { createSpill } from './create-spill.ts';
import { dueAt } from './due-at.ts';
import type { SpillFile } from './spill-file.ts';
import { sweepTemporary } from './sweep-temporary.ts';
import { writeTree } from './write-tree.ts';

/** The two files of a run. */
export interface RunFiles {
  journal: string;
  tree: string;
}

interface Followed {
  /** How the file begins: with the first `seq`, which is another when it has been deleted and begun anew. */
  beginning: string;
  fold: JournalFold;
  spill: SpillFile;
  /** Read so far, and when the last tree was written; in bytes. */
  offset: number;
  written: number;
}

/** Keeps the trees of growing journals fresh, reading on where it stopped. Synchronous: lives in the worker. */
export class TreeWriter {
  readonly #runs = new Map<string, Followed>();
  /** Of runs that are continued: how long their journal was when the last tree was written; in bytes. */
  readonly #resumed = new Map<string, number>();
  readonly #swept = new Set<string>();

  /**
   * Reads what is new in the journal and writes the tree if that is enough. When requests come faster than they
   * are carried out, the first one finds what all of them announce. With `ended` the tree is written in any case and
   * the run forgotten.
   *
   * @throws file system errors
   */
  refresh(files: RunFiles, ended: boolean): void {
    const { journal, tree } = files;
    const segments = segmentPaths(journal);
    if (ownersOf([journal, ...segments]) > 1) {
      this.#refreshResumed(files, segments, ended);
      return;
    }
    const run = this.#follow(files);
    run.offset = readOn(journal, run.offset, (chunk) => run.fold.push(chunk));
    if (!ended && run.offset < dueAt(run.written)) return;
    if (ended) this.#runs.delete(journal);
    this.#sweep(dirname(tree));
    try {
      writeWhole(files, segments, run.fold);
      run.written = run.offset;
    } finally {
      if (ended) run.spill.close();
    }
  }

  /** What grows is another file than the root, and its records belong behind all others: they are read from the start. */
  #refreshResumed(files: RunFiles, segments: readonly string[], ended: boolean): void {
    const { journal, tree } = files;
    this.#runs.get(journal)?.spill.close();
    this.#runs.delete(journal);
    const bytes = [journal, ...segments].reduce((sum, path) => sum + statSync(path).size, 0);
    if (!ended && bytes < dueAt(this.#resumed.get(journal) ?? 0)) return;
    if (ended) this.#resumed.delete(journal);
    else this.#resumed.set(journal, bytes);
    this.#sweep(dirname(tree));
    writeWhole(files, segments);
  }

  #follow({ journal, tree }: RunFiles): Followed {
    const beginning = beginningOf(journal);
    const known = this.#runs.get(journal);
    if (known?.beginning === beginning) return known;
    known?.spill.close();
    const spill = createSpill(tree);
    const run = { beginning, fold: new JournalFold(spill), spill, offset: 0, written: 0 };
    this.#runs.set(journal, run);
    return run;
  }

  #sweep(dir: string): void {
    if (!this.#swept.has(dir)) sweepTemporary(dir);
    this.#swept.add(dir);
  }
}

/** The tree of all segments. What other processes wrote has its place among the rest, so it is read from the start. */
function writeWhole({ journal, tree }: RunFiles, segments: readonly string[], fold?: JournalFold): void {
  if (fold !== undefined && segments.length === 0) {
    writeTree(tree, fold.run.outline({ alive: true }));
    return;
  }
  const spill = createSpill(tree);
  try {
    const steps = foldSegments([journal, ...segments], spill);
    let step = steps.next();
    while (!step.done) step = steps.next();
    writeTree(tree, step.value.outline({ alive: (header) => header !== undefined && isAlive(header) }));
  } finally {
    spill.close();
  }
}

function beginningOf(path: string): string {
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(64);
    return buffer.toString('latin1', 0, readSync(fd, buffer));
  } finally {
    closeSync(fd);
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
