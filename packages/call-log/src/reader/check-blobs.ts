import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { blobFolder } from '../blob/blob-paths.ts';
import type { Finding, JournalCheck } from './journal-check.ts';

interface CheckedSegment {
  check: JournalCheck;
  found(finding: Finding): void;
}

/**
 * Whether every blob that the segments of a run refer to is there and has its hash. One that nobody refers to is no
 * loss: its writer died before the record that names it.
 *
 * @param journal path of the root segment
 * @returns the bytes of those that are there
 */
export async function checkBlobs(
  journal: string,
  segments: readonly CheckedSegment[],
  found: (finding: Finding) => void,
): Promise<number> {
  const folder = blobFolder(journal);
  const checked = new Map<string, Trouble | number>();
  for (const { check, found: foundHere } of segments)
    for (const [sha256, { line, bytes }] of check.blobs) {
      const state = checked.get(sha256) ?? (await stateOf(join(folder, sha256), sha256, bytes));
      checked.set(sha256, state);
      if (typeof state === 'number') continue;
      const message = `${state === 'missing_blob' ? 'there is no' : 'the hash is not that of'} blob ${sha256}`;
      foundHere({ kind: state, loss: true, line, message });
    }
  for (const name of await readdir(folder).catch(() => []))
    if (!checked.has(name))
      found({ kind: 'unreferenced_blob', loss: false, message: `nothing refers to the blob ${name}` });
  return [...checked.values()].reduce<number>(
    (sum, state) => sum + (typeof state === 'number' ? state : 0),
    0,
  );
}

type Trouble = 'missing_blob' | 'altered_blob';

/** Its size, when nothing is wrong with it. */
async function stateOf(path: string, sha256: string, bytes: number): Promise<Trouble | number> {
  try {
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size !== bytes) return 'altered_blob';
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex') === sha256 ? bytes : 'altered_blob';
  } catch {
    return 'missing_blob';
  }
}
