import { stat } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import { locateRun } from '@pd/call-log/reader';
import { UnreadableLogError } from '../errors/unreadable-log-error.ts';

/** A journal in memory takes about its size (measured: 600 MB of it need 700 MB); a part of it is read away. */
const SURELY_TOO_MUCH = 1.2;

/**
 * Refuses a run that Node has no memory for, which would end it without a word that helps.
 *
 * @throws {UnreadableLogError} says how to give it more
 */
export async function checkMemory(path: string, limit = getHeapStatistics().heap_size_limit): Promise<void> {
  const { journal, segments } = await locateRun(path);
  let bytes = 0;
  for (const part of [...(journal === undefined ? [] : [journal]), ...segments])
    bytes += (await stat(part)).size;
  if (bytes <= limit * SURELY_TOO_MUCH) return;
  const inGB = (size: number) => (size / 1e9).toFixed(1);
  throw new UnreadableLogError(
    path,
    `has ${inGB(bytes)} GB, more than Node may use here (${inGB(limit)} GB): allow more with NODE_OPTIONS=--max-old-space-size=${Math.ceil((2 * bytes) / 1e6)}`,
  );
}
