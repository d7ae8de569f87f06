/** Up to this size a tree follows its journal closely, because somebody may be looking; in bytes. */
const CLOSE = 1024 * 1024;
/** From this size on, hardly anybody opens the tree of a run that still goes on; in bytes. */
const LARGE = 16 * 1024 * 1024;

/**
 * How long a journal is when its next tree is due: longer by a tenth; by half from 1 MiB on, two and a half times as long from
 * 16 MiB on. By a share of its length in any case, so that the work of all trees together stays linear in it: 11 times, 3 times
 * and 1.7 times the last one.
 */
export function dueAt(bytes: number): number {
  if (bytes < CLOSE) return bytes * 1.1;
  return bytes * (bytes < LARGE ? 1.5 : 2.5);
}
