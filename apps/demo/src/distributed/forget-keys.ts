import { createClient } from 'redis';

/** Deletes all keys of a run. The prefix has to be of letters, digits, `.`, `_` and `-`. */
export async function forgetKeys(url: string, prefix: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  // What goes wrong is thrown by the command as well.
  client.on('error', () => {});
  try {
    await client.connect();
    for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: 500 }))
      if (keys.length > 0) await client.unlink(keys);
  } catch {
    // A Redis that has gone has been told of; what is left there is a few keys of a run.
  } finally {
    client.destroy();
  }
}
