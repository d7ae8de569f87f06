import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';
import { MemoryStoreError } from '../../errors/memory-store-error.ts';
import { createMemoryStore, type MemoryStoreOptions } from '../create-memory-store.ts';
import { checkCount } from '../input/check-count.ts';
import type { MemoryStore } from '../memory-store.ts';
import { RedisConnection } from './redis-connection.ts';
import { createRedisDriver } from './redis-driver.ts';

export interface RedisStoreOptions extends MemoryStoreOptions {
  /** `redis[s]://[[user][:password]@]host[:port][/database]`. One server, with replicas if you like; no cluster. */
  url: string;
  /** What the memory's keys begin with. Default: `pd:memory:`. */
  prefix?: string | undefined;
  /** How long a session or a scope of facts is kept after its last change, in milliseconds. Default: for ever. */
  ttlMs?: number | undefined;
  /** How long an operation waits for a connection and its answer, in milliseconds. Default: 5,000. */
  timeoutMs?: number | undefined;
  /** Ends the waiting for the first connection. */
  signal?: AbortSignal | undefined;
}

/**
 * A memory in Redis 6.2 or later, shared by processes on any number of machines. Needs the package `redis` 6. What Redis has
 * acknowledged outlives this process; whether it outlives Redis is up to its own configuration (`appendonly yes`).
 *
 * @throws {InvalidMemoryInputError} when an option is not usable
 * @throws {MemoryStoreError} when no server answers in time, it lets nobody in, or the package is missing
 */
export async function createRedisStore(options: RedisStoreOptions): Promise<MemoryStore> {
  const { url, prefix = 'pd:memory:', ttlMs, timeoutMs = 5_000, signal } = options;
  checkURL(url);
  if (typeof prefix !== 'string' || !prefix.isWellFormed())
    throw new InvalidMemoryInputError('prefix has to be a text');
  if (ttlMs !== undefined) checkCount(ttlMs, 'ttlMs', { most: 10 ** 14 });
  checkCount(timeoutMs, 'timeoutMs', { most: 2 ** 29 });
  const connection = await RedisConnection.open(await loadRedis(), { url, timeoutMs, signal });
  return createMemoryStore(createRedisDriver(connection, { prefix, ttlMs }), options);
}

function checkURL(url: unknown): void {
  const parsed = typeof url === 'string' ? URL.parse(url) : null;
  // The URL may have a password in it and is not shown.
  if ((parsed?.protocol !== 'redis:' && parsed?.protocol !== 'rediss:') || parsed.hostname === '')
    throw new InvalidMemoryInputError(
      'createRedisStore needs a URL: redis://host:port or rediss://host:port',
    );
  if (!/^\/?\d*$/.test(parsed.pathname))
    throw new InvalidMemoryInputError('the path of a Redis URL is the number of a database, such as /1');
  try {
    decodeURIComponent(`${parsed.username}${parsed.password}`);
  } catch {
    throw new InvalidMemoryInputError('the user or password of a Redis URL has to be percent-encoded');
  }
}

async function loadRedis(): Promise<typeof import('redis')> {
  try {
    return await import('redis');
  } catch (cause) {
    throw new MemoryStoreError(
      'memory_unsupported',
      'a memory in Redis needs its client: npm install redis',
      {
        cause,
      },
    );
  }
}
