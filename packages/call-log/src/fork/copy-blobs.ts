import { copyFileSync, linkSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Puts blobs of one run into another's folder: as hard links, or as copies where that cannot be done. One that is missing stays missing. */
export function copyBlobs(blobs: Iterable<string>, from: string, to: string): void {
  for (const sha256 of blobs) {
    const source = join(from, sha256);
    // A link would lead out of the log.
    if (lstatSync(source, { throwIfNoEntry: false })?.isFile() !== true) continue;
    mkdirSync(to, { recursive: true, mode: 0o700 });
    const target = join(to, sha256);
    try {
      linkSync(source, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') copyFileSync(source, target);
    }
  }
}
