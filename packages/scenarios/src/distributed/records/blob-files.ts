import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlobEntry } from './record-entry.ts';

/**
 * Puts a blob that came beside the run's segments, whole or not at all.
 *
 * @returns whether its bytes have its hash
 */
export function writeBlob(dir: string, runId: string, { sha256, data }: BlobEntry): boolean {
  if (createHash('sha256').update(data).digest('hex') !== sha256) return false;
  const folder = join(dir, runId, 'blobs');
  const path = join(folder, sha256);
  if (existsSync(path)) return true;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  writeFileSync(temporary, data, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, path);
  return true;
}

/** The blobs that lines of a journal refer to: a reference is its own key, which no text can look like inside of JSON. */
export function blobsIn(lines: Buffer): string[] {
  // Looking for bytes is quicker than making a text of lines that mostly have none.
  if (lines.indexOf('"$blob":') === -1) return [];
  const found = lines.toString('utf8').matchAll(/"\$blob":\{"sha256":"([0-9a-f]{64})"/g);
  return [...new Set([...found].map(([, sha256]) => sha256 as string))];
}
