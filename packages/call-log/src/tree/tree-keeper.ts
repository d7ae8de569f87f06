import { dueAt } from './due-at.ts';
import type { RunFiles } from './tree-writer.ts';

/** Who keeps the tree fresh. */
export type TreeMode = 'worker' | 'inline' | false;

/** Sees to it that trees follow their journals without slowing those who write them. */
export interface TreeKeeper {
  /** Tells that a journal has `bytes` bytes now; the tree is written when it is due, and at the end. */
  grown(run: { journalPath: string; treePath: string }, bytes: number, ended: boolean): void;
  /** Resolves when whoever writes the trees is there; with `inline` every tree that was due has been written then. */
  ready(): Promise<void>;
  /** Writes the trees of the runs that have not ended, and resolves when all are written. What grows later gets no new tree. */
  close(): Promise<void>;
}

interface Writer {
  refresh(files: RunFiles, ended: boolean): void;
  close(): Promise<void>;
}

/** @param onError told when a tree cannot be written; readers can still build it from the journal */
export function createTreeKeeper(mode: TreeMode, onError: (error: unknown) => void): TreeKeeper {
  if (mode === false) return { grown: () => {}, ready: async () => {}, close: async () => {} };
  /** The runs that go on, and how long their journal is when the next tree is due. */
  const due = new Map<string, { files: RunFiles; bytes: number }>();
  /** What was due before there was somebody to write it. */
  const waiting: [RunFiles, boolean][] = [];
  let start: (() => Writer) | undefined;
  let writer: Writer | undefined;
  let closed = false;

  const refresh = (files: RunFiles, ended: boolean): void => {
    if (start === undefined) {
      waiting.push([files, ended]);
      return;
    }
    try {
      writer ??= start();
      writer.refresh(files, ended);
    } catch (error) {
      onError(error);
    }
  };

  // Loaded beside the program's own start and not before it, because a log without trees needs none of it.
  const ready = load(mode, onError).then((loaded) => {
    start = loaded;
    for (const [files, ended] of waiting.splice(0)) refresh(files, ended);
  }, onError);

  return {
    grown({ journalPath: journal, treePath: tree }, bytes, ended) {
      if (closed || (!ended && bytes < (due.get(journal)?.bytes ?? 0))) return;
      const files = { journal, tree };
      if (ended) due.delete(journal);
      else due.set(journal, { files, bytes: dueAt(bytes) });
      refresh(files, ended);
    },
    ready: () => ready,
    async close() {
      closed = true;
      for (const { files } of due.values()) refresh(files, true);
      due.clear();
      await ready;
      await writer?.close();
    },
  };
}

async function load(mode: 'worker' | 'inline', onError: (error: unknown) => void): Promise<() => Writer> {
  if (mode === 'worker') {
    const { startTreeWorker } = await import('./tree-worker.ts');
    return () => startTreeWorker(onError);
  }
  const { TreeWriter } = await import('./tree-writer.ts');
  return () => {
    const trees = new TreeWriter();
    return { refresh: (files, ended) => trees.refresh(files, ended), close: async () => {} };
  };
}
