import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemoryStore, StoredMessage } from '../src/index.ts';
import { createRedisStore } from '../src/memory/redis/create-redis-store.ts';
import { createSQLiteStore } from '../src/memory/sqlite/create-sqlite-store.ts';
import { noRedis, type RedisServer, startRedis } from './start-redis.ts';

const program = join(import.meta.dirname, 'fixtures/append-until-killed.mjs');

/** A store that other processes can open, too. */
interface Shared {
  where: string;
  open: () => Promise<MemoryStore>;
}

/** Starts a process that appends; collects what it says was stored. */
function startAppending(kind: string, { where }: Shared, name: string, count: number) {
  const child: ChildProcess = spawn(process.execPath, [program, kind, where, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(child, 'close');
  return {
    child,
    ended,
    /** Positions whose append was acknowledged. The last line may be cut. */
    positions: () => said.split('\n').slice(1, -1).map(Number),
  };
}

/** In the order of a process, one after the other, and in pairs. */
function expectOrder(messages: StoredMessage[], name: string): void {
  const own = messages.filter((message) => message.agentId === name);
  const numbers = own.map((message) => message.metadata?.number);
  expect(numbers).toEqual(own.map((_, index) => Math.floor(index / 2) + 1));
  own.forEach((message, index) => {
    if (index % 2 === 1) expect(message.position).toBe((own[index - 1]?.position ?? 0) + 1);
  });
}

function processTests(kind: string, shared: () => Shared): void {
  it('lose nothing and keep their order when they append to one session', async () => {
    const names = ['a', 'b', 'c'];
    const children = names.map((name) => startAppending(kind, shared(), name, 200));
    for (const { ended } of children) expect(await ended).toEqual([0, null]);
    await using store = await shared().open();
    const messages = await store.read('shared', { limit: 10_000 });
    expect(messages.map(({ position }) => position)).toEqual(Array.from({ length: 1_200 }, (_, i) => i + 1));
    for (const name of names) expectOrder(messages, name);
    expect(await store.session('shared')).toMatchObject({ messages: 1_200, version: 600 });
  });

  it('lose nothing that was acknowledged when they are killed, and the session goes on', async () => {
    const acknowledged: number[] = [];
    for (const round of [1, 2, 3, 4]) {
      const { child, ended, positions } = startAppending(kind, shared(), `round ${round}`, 1e9);
      const enough = 20 * round;
      await new Promise<void>((resolve) => {
        child.stdout?.on('data', () => positions().length >= enough && resolve());
      });
      child.kill('SIGKILL');
      expect((await ended)[1]).toBe('SIGKILL');
      acknowledged.push(...positions());
    }
    await using store = await shared().open();
    const messages = await store.read('shared', { limit: 10_000 });
    expect(messages.map(({ position }) => position)).toEqual(messages.map((_, index) => index + 1));
    for (const position of acknowledged) {
      // Both messages of the commit, or the acknowledgement was none.
      expect(messages[position - 1]?.message.role).toBe('user');
      expect(messages[position]?.message.role).toBe('assistant');
    }
    for (const round of [1, 2, 3, 4]) expectOrder(messages, `round ${round}`);
    const session = await store.session('shared');
    expect(session).toMatchObject({ messages: messages.length, version: messages.length / 2 });
    const { version } = await store.append(
      'shared',
      { message: { role: 'user', content: 'and on it goes' } },
      { expectedVersion: session?.version },
    );
    expect(version).toBe(messages.length / 2 + 1);
    expect(await store.search('goes')).toHaveLength(1);
  });
}

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-memory-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('processes with one SQLite file', () => {
  processTests('sqlite', () => {
    const path = join(dir, 'memory.db');
    return { where: path, open: () => createSQLiteStore({ path }) };
  });
});

describe.skipIf(noRedis)(`processes with one Redis (${noRedis ?? 'a real server'})`, () => {
  let server: RedisServer | undefined;
  beforeEach(async () => {
    server = await startRedis(dir);
  });
  afterEach(() => server?.kill());

  processTests('redis', () => {
    const url = server?.url ?? '';
    return { where: url, open: () => createRedisStore({ url }) };
  });
});
