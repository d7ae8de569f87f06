import type { RunTree } from '../schema/tree.ts';

/**
 * As `readTree()` of `@pd/call-log/reader`; what it needs is loaded with the first tree, so that a program that
 * only records starts several times faster.
 *
 * @param path a journal (`.jsonl`), a tree (`.json`), or either without its extension
 * @throws {LogNotFoundError} when there is neither
 * @throws {NotALogError} when the file holds no run
 * @throws {UnsupportedVersionError} when a newer version wrote it
 */
export async function readTree(path: string): Promise<RunTree> {
  const reader = await import('./read-tree.ts');
  return reader.readTree(path);
}
