import { startTreeWorker } from './tree-worker.ts';
import { type RunFiles, TreeWriter } from './tree-writer.ts';

/** Who keeps the tree fresh. */
export type TreeMode = 'worker' | 'inline' | false;

/** Sees to it that trees follow their journals without slowing those who write them. */
export interface TreeKeeper {
  /** Tells that a journal has `bytes` bytes now; the tree is written when that is a tenth more than last time. */
  grown(run: { journalPath: string; treePath: string }, bytes: number, ended: boolean): void;
  /** Resolves when every tree that was asked for is written. */
  close(): Promise<void>;
}

/** Trees are written again when the journal has grown by this much, so that all the work stays linear in its length. */
const GROWTH = 1.1;

/** @param onError told when a tree cannot be written; readers can still build it from the journal */
export function createTreeKeeper(mode: TreeMode, onError: (error: unknown) => void): TreeKeeper {
  if (mode === false) return { grown: () => {}, close: async () => {} };
  const due = new Map<string, number>();
  let writer: { refresh(files: RunFiles, ended: boolean): void; close(): Promise<void> } | undefined;
  return {
    grown({ journalPath, treePath }, bytes, ended) {
      if (!ended && bytes < (due.get(journalPath) ?? 0)) return;
      if (ended) due.delete(journalPath);
      else due.set(journalPath, bytes * GROWTH);
      try {
        writer ??= mode === 'worker' ? startTreeWorker(onError) : inline();
        writer.refresh({ journal: journalPath, tree: treePath }, ended);
      } catch (error) {
        onError(error);
      }
    },
    close: async () => writer?.close(),
  };
}

function inline() {
  const trees = new TreeWriter();
  return { refresh: (files: RunFiles, ended: boolean) => trees.refresh(files, ended), close: async () => {} };
}
