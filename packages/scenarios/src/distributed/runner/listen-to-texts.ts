import { textPieceSchema } from '../job.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { Dispatch } from './dispatch.ts';

/**
 * Passes pieces of answers on as workers publish them. A piece that is lost on the way comes with the whole answer.
 *
 * @returns what ends it
 */
export async function listenToTexts(
  link: RedisLink,
  channel: string,
  dispatch: Pick<Dispatch, 'piece'>,
): Promise<() => Promise<void>> {
  const client = link.client.duplicate({ disableOfflineQueue: false });
  client.on('error', () => {});
  await client.connect();
  await client.subscribe(channel, (text) => {
    try {
      const { data } = textPieceSchema.safeParse(JSON.parse(text));
      if (data !== undefined) dispatch.piece(data);
    } catch {
      // Somebody else's message.
    }
  });
  return async () => {
    if (client.isOpen) client.destroy();
  };
}
