import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemoryStore } from '../src/index.ts';
import { createRedisStore } from '../src/memory/redis/create-redis-store.ts';
import { createSQLiteStore } from '../src/memory/sqlite/create-sqlite-store.ts';
import { noRedis, type RedisServer, startRedis } from './start-redis.ts';

const dir = mkdtempSync(join(tmpdir(), 'pd-lifetimes-'));
let model: OfflineServer;
let redis: RedisServer | undefined;
beforeAll(async () => {
  model = await startOfflineServer();
  if (noRedis === undefined) redis = await startRedis(dir);
});
afterAll(async () => {
  await redis?.kill();
  await model.close();
  rmSync(dir, { recursive: true, force: true });
});

function start(place: string, baseURL: string, writes: string, content: string) {
  const program = join(import.meta.dirname, 'fixtures/talk.ts');
  return spawn(process.execPath, [program, place, baseURL, writes, content], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function live(place: string, content: string, writes = 'exchange') {
  const child = start(place, model.url, writes, content);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  return JSON.parse(text) as { sent: { role: string; content: string }[]; reply: string };
}

/** A process whose model never answers, killed while it waits. */
async function die(place: string, content: string, writes: string) {
  const asked = Promise.withResolvers<void>();
  const silent = createServer(() => asked.resolve()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const child = start(place, `http://127.0.0.1:${port}/v1`, writes, content);
  await asked.promise;
  child.kill('SIGKILL');
  await once(child, 'close');
  silent.closeAllConnections();
  silent.close();
}

describe.each([
  ['SQLite', undefined, () => join(dir, 'memory.sqlite'), (path: string) => createSQLiteStore({ path })],
  ['Redis', noRedis, () => redis?.url ?? '', (url: string) => createRedisStore({ url })],
] as const)('a conversation in %s', (_, missing, placeOf, open: (place: string) => Promise<MemoryStore>) => {
  it.skipIf(missing)(
    `outlives processes, and kill -9 in the middle of a turn ${missing ?? ''}`,
    async () => {
      const place = placeOf();
      const first = await live(place, 'I am Ada and I build bridges.');
      const second = await live(place, 'What do I build?');
      expect(second.sent).toEqual([
        { role: 'user', content: 'I am Ada and I build bridges.' },
        { role: 'assistant', content: first.reply },
        { role: 'user', content: 'What do I build?' },
      ]);

      // With one commit for the whole exchange nothing of it is there; with the question first it waits for its answer.
      await die(place, 'Lost?', 'exchange');
      await die(place, 'And tunnels?', 'question-first');
      await using memory = await open(place);
      const contents = async () => (await memory.read('Ada')).map(({ message }) => message.content);
      const before = ['I am Ada and I build bridges.', first.reply, 'What do I build?', second.reply];
      expect(await contents()).toEqual([...before, 'And tunnels?']);

      const again = await live(place, 'And tunnels?', 'question-first');
      expect(again.sent.map(({ content }) => content)).toEqual([...before, 'And tunnels?']);
      const last = await live(place, 'Thank you.');
      expect(await contents()).toEqual([...before, 'And tunnels?', again.reply, 'Thank you.', last.reply]);
    },
    60_000,
  );

  it.skipIf(missing)(
    `is shared by processes that speak at once ${missing ?? ''}`,
    async () => {
      const place = placeOf();
      await using memory = await open(place);
      await memory.clear('Ada');
      await Promise.all(['one', 'two', 'three'].map((word) => live(place, `Say ${word}.`)));
      const roles = (await memory.read('Ada')).map(({ message }) => message.role);
      expect(roles).toEqual(['user', 'assistant', 'user', 'assistant', 'user', 'assistant']);
    },
    60_000,
  );
});
