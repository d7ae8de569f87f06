import { type Presence, presenceSchema } from '../job.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisClient } from '../redis/redis-link.ts';

/** The workers that are there now, by their own word. */
export async function readPresence(client: RedisClient, keys: RedisKeys): Promise<Presence[]> {
  const ids = await client.zRange(keys.workers, 0, -1);
  if (ids.length === 0) return [];
  const texts = await client.mGet(ids.map((id) => keys.worker(id)));
  return texts.flatMap((text) => {
    const { data } = presenceSchema.safeParse(text === null ? null : JSON.parse(text));
    return data === undefined ? [] : [data];
  });
}
