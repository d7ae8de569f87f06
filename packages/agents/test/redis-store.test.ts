import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createRedisStore } from '../src/memory/redis/create-redis-store.ts';
import { memoryStoreChecks } from '../src/testing/memory-store-checks.ts';
import { noRedis, type RedisServer, startRedis } from './start-redis.ts';

const dir = mkdtempSync(join(tmpdir(), 'pd-redis-'));
let server: RedisServer | undefined;
let made = 0;

describe.skipIf(noRedis)(`createRedisStore (${noRedis ?? 'with a real server'})`, () => {
  beforeAll(async () => {
    server = await startRedis(dir);
  });
  afterAll(async () => {
    await server?.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  const create = () => createRedisStore({ url: server?.url ?? '', prefix: `test:${made++}:` });
  for (const { name, run } of memoryStoreChecks({ create })) it(name, run);
});
