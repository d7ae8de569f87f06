import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { RunTree } from '../schema/tree.ts';

/** Below this a tree is read whole. */
const SMALL = 1024 * 1024;
/** Of a large tree, what is looked at of its beginning and its end; in bytes. */
const ENDS = 64 * 1024;

/** What a tree says of itself. */
export type SnapshotSummary = Pick<RunTree, 'run' | 'audit'>;

/**
 * What a snapshot says of the run and of itself. Of a large one, which has `"run"` and `"audit"` on lines of their own,
 * only these are read.
 *
 * @throws SyntaxError when it is not JSON, and file system errors
 */
export function readSnapshotSummary(path: string): SnapshotSummary {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const ends = size < SMALL ? undefined : readEnds(fd, size);
    return ends ?? (JSON.parse(readFileSync(fd, 'utf8')) as SnapshotSummary);
  } finally {
    closeSync(fd);
  }
}

function readEnds(fd: number, size: number): SnapshotSummary | undefined {
  const run = /^"run": (\{.*\}),$/m.exec(readAt(fd, 0))?.[1];
  const audit = /^"audit": (\{.*\})\n\}\n$/m.exec(readAt(fd, size - ENDS))?.[1];
  if (run === undefined || audit === undefined) return undefined;
  return { run: JSON.parse(run), audit: JSON.parse(audit) };
}

function readAt(fd: number, position: number): string {
  const buffer = Buffer.alloc(ENDS);
  return buffer.toString('utf8', 0, readSync(fd, buffer, 0, ENDS, position));
}
