import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The segments of a run beside its root: first those that have continued it, in their order, then those that other
 * processes wrote, oldest first (their names sort by time).
 *
 * @param journal path of the root segment, whether it is there or not
 */
export function segmentPaths(journal: string): string[] {
  const folder = journal.replace(/\.jsonl$/, '');
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    return names.sort(byOrder).map((name) => join(folder, name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

/** Which continuation of its run a segment is, from 1, by its name, which is there before its header; `undefined` for another one. */
export function resumeNumber(path: string): number | undefined {
  const [, digits] = /^resume-([1-9]\d{0,8})\.jsonl$/.exec(basename(path)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** How many of a run's segments, from the first, have owned it one after the other: the root, and those that continued it. */
export function ownersOf(paths: readonly string[]): number {
  const other = paths.findIndex((path, i) => i > 0 && resumeNumber(path) === undefined);
  return other === -1 ? paths.length : other;
}

function byOrder(a: string, b: string): number {
  const [first = Infinity, second = Infinity] = [resumeNumber(a), resumeNumber(b)];
  return first === second ? (a < b ? -1 : 1) : first - second;
}
