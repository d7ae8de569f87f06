import { existsSync, readdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive, readHeader } from '@pd/call-log/reader';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { announceSegment } from './announce-segment.ts';
import { SegmentShipper } from './segment-shipper.ts';

export interface ShipOrphansOptions {
  link: RedisLink;
  keys: RedisKeys;
  /** The folder of this worker's records. */
  dir: string;
  workerId: string;
  /** Segments that were sent already, by path; what is found is added. */
  done: Set<string>;
  /** Only this run. Default: all that somebody collects. */
  runId?: string;
}

/**
 * Sends what workers that are gone have left in this folder: those that were killed could not send their last records.
 * Several workers may do it at the same time; a line that comes twice is passed over once.
 *
 * @returns the segments that were sent
 */
export async function shipOrphans(options: ShipOrphansOptions): Promise<string[]> {
  const { link, keys, dir, done, runId } = options;
  const wanted = runId === undefined ? await link.persist((client) => client.sMembers(keys.runs)) : [runId];
  const shipped: string[] = [];
  for (const run of wanted) {
    // In the coordinator's own folder everything is where it belongs.
    if (!/^[\w.-]+$/.test(run) || existsSync(join(dir, `${run}.jsonl`))) continue;
    for (const path of segmentsIn(join(dir, run)))
      if (!done.has(path) && (await shipOne(options, run, path))) shipped.push(path);
  }
  return shipped;
}

/** @returns whether it was one, and was sent */
async function shipOne(options: ShipOrphansOptions, runId: string, path: string): Promise<boolean> {
  const { link, keys, workerId, done } = options;
  const header = await readHeader(path);
  if (header === undefined) {
    // Nothing of it was ever recorded.
    if (Date.now() - statSync(path).mtimeMs > 60_000) done.add(path);
    return false;
  }
  // Of another machine it cannot be told whether it lives; somebody there sends it.
  if (header.run_id !== runId || header.host !== hostname() || isAlive(header)) return false;
  if ((await link.persist((client) => client.hExists(keys.have(runId), ''))) === 0) return false;
  const bytes = statSync(path).size;
  const shipper = new SegmentShipper({
    link,
    keys,
    runId,
    segment: { id: header.segment, path },
    isDead: true,
  });
  try {
    await shipper.shipTo(bytes);
    await announceSegment(link, keys, runId, {
      segment: header.segment,
      worker: workerId,
      host: hostname(),
      closed_at_bytes: bytes,
    });
  } finally {
    await shipper.close();
  }
  done.add(path);
  return true;
}

function segmentsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
