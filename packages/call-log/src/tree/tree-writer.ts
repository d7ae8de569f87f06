import { closeSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { foldSegments } from '../reader/fold-segments.ts';
import { JournalFold } from '../reader/journal-fold.ts';
import { segmentPaths } from '../reader/segment-paths.ts';
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
    const run = this.#follow(files);
    run.offset = readOn(journal, run.offset, (chunk) => run.fold.push(chunk));
    if (!ended && run.offset < dueAt(run.written)) return;
    if (ended) this.#runs.delete(journal);
    this.#sweep(dirname(tree));
    try {
      writeWhole(files, run);
      run.written = run.offset;
    } finally {
      if (ended) run.spill.close();
    }
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
function writeWhole({ journal, tree }: RunFiles, { fold }: Followed): void {
  const segments = segmentPaths(journal);
  if (segments.length === 0) {
    writeTree(tree, fold.run.outline({ alive: true }));
    return;
  }
  const spill = createSpill(tree);
  try {
    const steps = foldSegments([journal, ...segments], spill);
    let step = steps.next();
    while (!step.done) step = steps.next();
    writeTree(tree, step.value.outline({ alive: true }));
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
