import type { Presence } from '../job.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';

/** A worker that has not been heard of for so long is gone, in milliseconds. */
export const PRESENT_MS = 10_000;
/** Names of workers that are gone are forgotten after so long, in milliseconds. */
const FORGOTTEN_MS = 24 * 3_600_000;

/** Says that the worker is there, for a while. */
export async function tellPresence(link: RedisLink, keys: RedisKeys, presence: Presence): Promise<void> {
  const now = Date.now();
  await link.client
    .multi()
    .set(keys.worker(presence.id), JSON.stringify(presence), { PX: PRESENT_MS })
    .zAdd(keys.workers, { score: now, value: presence.id })
    .zRemRangeByScore(keys.workers, 0, now - FORGOTTEN_MS)
    .exec();
}

/** Says that it is not any more. */
export async function tellAbsence(link: RedisLink, keys: RedisKeys, id: string): Promise<void> {
  await link.client.multi().del(keys.worker(id)).zRem(keys.workers, id).exec();
}
