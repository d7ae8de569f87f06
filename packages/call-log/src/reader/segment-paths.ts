import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The segments that other processes wrote for a run, oldest first (their names sort by time).
 *
 * @param journal path of the root segment, whether it is there or not
 */
export function segmentPaths(journal: string): string[] {
  const folder = journal.replace(/\.jsonl$/, '');
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
