import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInMemoryStore, type MemoryStore } from '../src/index.ts';
import { createRedisStore } from '../src/memory/redis/create-redis-store.ts';
import { createSQLiteStore } from '../src/memory/sqlite/create-sqlite-store.ts';
import { noRedis, type RedisServer, startRedis } from './start-redis.ts';

const dir = mkdtempSync(join(tmpdir(), 'pd-memory-'));
let server: RedisServer | undefined;
let made = 0;
beforeAll(async () => {
  if (noRedis === undefined) server = await startRedis(dir);
});
afterAll(async () => {
  await server?.kill();
  rmSync(dir, { recursive: true, force: true });
});

type Step = (store: MemoryStore) => Promise<unknown>;

const session = fc.constantFrom('a', 'b');
// Few ids and words, so that steps meet each other.
const id = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8');
const position = fc.integer({ min: 1, max: 12 });
const expectedVersion = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined, freq: 4 });
const CONTENTS = ['red fox', 'blue fox', 'red whale', ''];
// Mostly the same message under the same id, so that it is given again.
const message = fc
  .record({
    id,
    role: fc.constantFrom('user', 'assistant', 'tool'),
    other: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
    tokens: fc.integer({ min: 0, max: 9 }),
    pinned: fc.boolean(),
  })
  .map((made) => ({
    id: made.id,
    message: {
      role: made.other ? made.role : 'user',
      content: CONTENTS[(Number(made.id) + Number(made.other)) % CONTENTS.length],
    },
    tokens: made.tokens,
    pinned: made.pinned,
  }));

/** Anything that can be done to a memory, and what it answers. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(session, fc.array(message, { minLength: 1, maxLength: 3 }), expectedVersion).map(
    ([at, batch, version]): Step =>
      (store) =>
        store.append(at, batch as never, { expectedVersion: version }),
  ),
  fc.tuple(session, position, position, message, expectedVersion).map(
    ([at, from, to, summary, version]): Step =>
      (store) =>
        store.replace(at, { from, to }, summary as never, { expectedVersion: version }),
  ),
  fc.tuple(session, id).map(
    ([at, which]): Step =>
      (store) =>
        store.pin(at, which),
  ),
  fc.tuple(session, id).map(
    ([at, which]): Step =>
      (store) =>
        store.unpin(at, which),
  ),
  fc.tuple(session, expectedVersion).map(
    ([at, version]): Step =>
      (store) =>
        store.clear(at, { expectedVersion: version }),
  ),
  fc.tuple(session, position).map(
    ([at, messages]): Step =>
      (store) =>
        store.window(at, { messages }),
  ),
  fc.tuple(session, position).map(
    ([at, tokens]): Step =>
      (store) =>
        store.window(at, { tokens: tokens * 3 }),
  ),
);

/** What is left after the steps, and what each of them answered. */
async function play(store: MemoryStore, steps: readonly Step[]): Promise<unknown> {
  const answers: unknown[] = [];
  for (const each of steps)
    answers.push(await each(store).catch((error: { code: string }) => ({ refused: error.code })));
  const left = await Promise.all(
    ['a', 'b'].map(async (at) => [
      await store.read(at, { replaced: true }),
      await store.session(at),
      (await store.search('red', { sessionId: at })).map((found) => found.id).sort(),
    ]),
  );
  return { answers, left, sessions: await store.sessions() };
}

describe('every memory store', () => {
  it(`does the same, whatever is done to it${noRedis === undefined ? '' : `; Redis ${noRedis}`}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const now = () => 0;
        const stores = [
          createInMemoryStore({ now }),
          await createSQLiteStore({ path: join(dir, `${made++}.db`), now }),
        ];
        if (server !== undefined)
          stores.push(await createRedisStore({ url: server.url, prefix: `${made}:`, now }));
        const [expected, ...others] = await Promise.all(stores.map((store) => play(store, steps)));
        for (const other of others) expect(other).toEqual(expected);
        await Promise.all(stores.map((store) => store.close()));
      }),
      { numRuns: 60 },
    );
  });
});
