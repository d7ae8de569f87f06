import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type RedisServer, startRedis } from '../../../agents/test/start-redis.ts';

export { noRedis } from '../../../agents/test/start-redis.ts';

/** A Redis for the tests of a file, and a folder and a prefix of its own for each test. */
export function withRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'pd-distributed-'));
  let count = 0;
  const place = { url: '', dir: '', prefix: '', server: undefined as RedisServer | undefined };
  const leaving: (() => unknown)[] = [];
  beforeAll(async () => {
    place.server = await startRedis(mkdtempSync(join(folder, 'redis-')));
    place.url = place.server.url;
  });
  beforeEach(() => {
    place.prefix = `test${count++}`;
    place.dir = mkdtempSync(join(folder, 'test-'));
  });
  afterEach(async () => {
    for (const leave of leaving.splice(0).reverse()) await leave();
  });
  afterAll(async () => {
    await place.server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    /** The Redis, and what is the test's own. */
    place,
    /** Done after the test, the last one first. */
    after: (leave: () => unknown) => void leaving.push(leave),
  };
}
