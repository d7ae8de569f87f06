import { startTreeWorker } from './tree-worker.ts';
import { GROWTH, type RunFiles, TreeWriter } from './tree-writer.ts';

/** Who keeps the tree fresh. */
export type TreeMode = 'worker' | 'inline' | false;

/** Sees to it that trees follow their journals without slowing those who write them. */
export interface TreeKeeper {
  /** Tells that a journal has `bytes` bytes now; the tree is written when that is a tenth more than last time, and at the end. */
  grown(run: { journalPath: string; treePath: string }, bytes: number, ended: boolean): void;
  /** Writes the trees of the runs that have not ended, and resolves when all are written. What grows later gets no new tree. */
  close(): Promise<void>;
}

/** @param onError told when a tree cannot be written; readers can still build it from the journal */
export function createTreeKeeper(mode: TreeMode, onError: (error: unknown) => void): TreeKeeper {
  if (mode === false) return { grown: () => {}, close: async () => {} };
  /** The runs that go on, and how long their journal is when the next tree is due. */
  const due = new Map<string, { files: RunFiles; bytes: number }>();
  let writer: { refresh(files: RunFiles, ended: boolean): void; close(): Promise<void> } | undefined;
  let closed = false;

  const refresh = (files: RunFiles, ended: boolean): void => {
    try {
      writer ??= mode === 'worker' ? startTreeWorker(onError) : inline();
      writer.refresh(files, ended);
    } catch (error) {
      onError(error);
    }
  };

  return {
    grown({ journalPath: journal, treePath: tree }, bytes, ended) {
      if (closed || (!ended && bytes < (due.get(journal)?.bytes ?? 0))) return;
      const files = { journal, tree };
      if (ended) due.delete(journal);
      else due.set(journal, { files, bytes: bytes * GROWTH });
      refresh(files, ended);
    },
    async close() {
      closed = true;
      for (const { files } of due.values()) refresh(files, true);
      due.clear();
      await writer?.close();
    },
  };
}

function inline() {
  const trees = new TreeWriter();
  return { refresh: (files: RunFiles, ended: boolean) => trees.refresh(files, ended), close: async () => {} };
}
