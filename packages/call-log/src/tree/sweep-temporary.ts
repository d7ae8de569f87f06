import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** No tree takes this long to write, so whoever began it is dead, on whatever machine it was. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Removes the half-written trees that processes have left in a folder when they were killed. Never throws. */
export function sweepTemporary(dir: string, now = Date.now()): void {
  try {
    for (const name of readdirSync(dir).filter((entry) => /\.json\.\d+(?:\.\w+\.spill)?\.tmp$/.test(entry))) {
      const path = join(dir, name);
      if (statSync(path).mtimeMs < now - ABANDONED_AFTER_MS) rmSync(path, { force: true });
    }
  } catch {
    // Somebody else swept, or may not; the files do no harm.
  }
}
