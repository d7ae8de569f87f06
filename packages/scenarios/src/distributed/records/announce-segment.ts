import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { AnnouncedSegment } from './segment-announcement.ts';

/** Tells that there is a segment, or how long it is in the end. */
export async function announceSegment(
  link: RedisLink,
  keys: RedisKeys,
  runId: string,
  segment: AnnouncedSegment,
): Promise<void> {
  await link.persist((client) => client.hSet(keys.segments(runId), segment.segment, JSON.stringify(segment)));
}
