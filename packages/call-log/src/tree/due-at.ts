/** Up to this size a tree follows its journal closely, because somebody may be looking; in bytes. */
const CLOSE = 1024 * 1024;

/**
 * How long a journal is when its next tree is due: longer by a tenth, and by half when it is large. By a share of its
 * length in any case, so that the work of all trees together stays linear in it: 11 times, and 3 times, the last one.
 */
export function dueAt(bytes: number): number {
  return bytes * (bytes < CLOSE ? 1.1 : 1.5);
}
