import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewMessage } from '../src/index.ts';
import { createRedisStore } from '../src/memory/redis/create-redis-store.ts';
import { noRedis, type RedisServer, startRedis } from './start-redis.ts';

const says = (content: string): NewMessage => ({ message: { role: 'user', content } });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => error,
  );
const portOf = (url: string) => Number(new URL(url).port);

let dir = '';
let server: RedisServer;
let url = '';

describe.skipIf(noRedis)(`a memory in Redis (${noRedis ?? 'with a real server'})`, () => {
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'pd-redis-'));
    server = await startRedis(dir);
    url = server.url;
  });
  afterEach(async () => {
    await server.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  it('says that there is no server, and does not hang', async () => {
    await server.kill();
    const begun = performance.now();
    expect(await outcome(createRedisStore({ url, timeoutMs: 300 }))).toMatchObject({
      code: 'memory_unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(performance.now() - begun).toBeLessThan(3_000);
    const controller = new AbortController();
    const opening = outcome(createRedisStore({ url, signal: controller.signal }));
    controller.abort('enough');
    expect(await opening).toBe('enough');
  });

  it('says that a server takes the connection and never answers', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(
      await outcome(createRedisStore({ url: `redis://127.0.0.1:${port}`, timeoutMs: 300 })),
    ).toMatchObject({
      code: 'memory_unavailable',
    });
    silent.close();
  });

  it('waits for a server that is still starting', async () => {
    await server.kill();
    const opening = createRedisStore({ url, timeoutMs: 20_000 });
    server = await startRedis(dir, [], portOf(url));
    await using store = await opening;
    await store.append('s', says('there'));
  });

  it('says that the server is gone in the middle, and goes on when it is back', async () => {
    await using store = await createRedisStore({ url, timeoutMs: 300 });
    await store.append('s', says('before'));
    await server.kill();
    expect(await outcome(store.append('s', says('lost')))).toMatchObject({ code: 'memory_unavailable' });
    expect(await outcome(store.window('s'))).toMatchObject({ code: 'memory_unavailable' });
    server = await startRedis(dir, [], portOf(url));
    await expect.poll(() => outcome(store.append('s', says('after'), {})), { timeout: 10_000 }).toBe('ok');
    const texts = (await store.read('s')).map(({ message }) => message.content);
    expect(texts).toEqual(['before', 'after']);
  });

  it('loses and doubles nothing that was acknowledged while the server crashes and comes back', async () => {
    await using store = await createRedisStore({ url, timeoutMs: 20_000 });
    const acknowledged: string[] = [];
    let stop = false;
    const appending = [1, 2, 3].map(async (lane) => {
      for (let i = 0; !stop; i++) {
        const text = `${lane}/${i}`;
        await store.append('s', { ...says(text), id: text });
        acknowledged.push(text);
      }
    });
    for (let crash = 0; crash < 3; crash++) {
      await wait(150);
      await server.kill();
      server = await startRedis(dir, [], portOf(url));
    }
    await wait(150);
    stop = true;
    await Promise.all(appending);
    const texts = (await store.read('s', { limit: 10_000 })).map(({ message }) => String(message.content));
    expect(acknowledged.length).toBeGreaterThan(20);
    expect([...texts].sort()).toEqual([...acknowledged].sort());
    for (const lane of [1, 2, 3]) {
      const own = texts.filter((text) => text.startsWith(`${lane}/`));
      expect(own).toEqual(own.map((_, index) => `${lane}/${index}`));
    }
  });

  it('says when it is not known whether a change was made', async () => {
    await using store = await createRedisStore({ url, timeoutMs: 250 });
    await store.append('s', says('before'));
    server.process.kill('SIGSTOP');
    const message = { ...says('perhaps'), id: 'm' };
    const failed = await outcome(store.append('s', message));
    server.process.kill('SIGCONT');
    expect(failed).toMatchObject({ code: 'memory_unavailable', outcome: 'unknown' });
    // The same again, whatever became of the first.
    await expect.poll(() => outcome(store.append('s', message)), { timeout: 10_000 }).toBe('ok');
    expect((await store.read('s')).map(({ id }) => id)).toHaveLength(2);
  });

  it('leaves a server that has fallen silent, and finds it again', async () => {
    await using store = await createRedisStore({ url, timeoutMs: 200 });
    await store.append('s', says('there'));
    const watcher = await createClient({ url }).connect();
    const others = async () => {
      const own = await watcher.clientId();
      return (await watcher.clientList()).map(({ id }) => id).filter((id) => id !== own);
    };
    const before = await others();
    server.process.kill('SIGSTOP');
    expect(await outcome(store.append('s', says('late')))).toMatchObject({ code: 'memory_unavailable' });
    await wait(1_000);
    server.process.kill('SIGCONT');
    await expect.poll(() => outcome(store.session('s')), { timeout: 10_000 }).toBe('ok');
    for (const id of await others()) expect(before).not.toContain(id);
    watcher.destroy();
  });

  it('ends the waiting with the signal', async () => {
    await using store = await createRedisStore({ url });
    server.process.kill('SIGSTOP');
    const controller = new AbortController();
    const waiting = outcome(store.window('s', { signal: controller.signal }));
    controller.abort('enough');
    expect(await waiting).toBe('enough');
    server.process.kill('SIGCONT');
  });

  it('lets sessions and facts expire after their last change', async () => {
    await using store = await createRedisStore({ url, ttlMs: 400 });
    const scope = { type: 'user', id: 'u' } as const;
    await store.append('old', says('old'));
    await store.append('kept', says('kept'));
    await store.facts.put(scope, { text: 'known' });
    for (let i = 0; i < 4; i++) {
      await wait(150);
      await store.append('kept', says(String(i)));
    }
    expect((await store.sessions()).map(({ id }) => id)).toEqual(['kept']);
    expect(await store.window('old')).toEqual({ messages: [], version: 0 });
    expect(await store.read('kept')).toHaveLength(5);
    expect(await store.facts.list(scope)).toEqual([]);
    await store.append('old', says('anew'), { expectedVersion: 0 });
    await wait(600);
    const client = await createClient({ url }).connect();
    expect((await client.keys('*')).sort()).toEqual(['pd:memory:changes', 'pd:memory:sessions']);
    client.destroy();
  });

  it('keeps to its own keys', async () => {
    const client = await createClient({ url }).connect();
    await using one = await createRedisStore({ url, prefix: 'one*:' });
    await using two = await createRedisStore({ url, prefix: 'one?:' });
    await client.set('other', 'value');
    await one.append('*', says('of one'));
    await two.append('*', says('of two'));
    await one.clear('*');
    expect(await two.read('*')).toHaveLength(1);
    expect(await client.get('other')).toBe('value');
    for (const key of await client.keys('*')) expect(key === 'other' || key.startsWith('one')).toBe(true);
    client.destroy();
  });

  it('says what the server refuses: no memory left, no password, keys of somebody else', async () => {
    const client = await createClient({ url }).connect();
    await client.set('pd:memory:session:s', 'not a hash');
    await using store = await createRedisStore({ url });
    expect(await outcome(store.append('s', says('x')))).toMatchObject({ code: 'memory_corrupt' });
    await client.configSet('maxmemory', '1');
    expect(await outcome(store.append('full', says('x')))).toMatchObject({ code: 'memory_full' });
    await client.configSet('maxmemory', '0');
    await client.configSet('requirepass', 'hunter2');
    for (const locked of [url, url.replace('//', '//:wrong-word@')]) {
      const refused = await outcome(createRedisStore({ url: locked }));
      expect(refused).toMatchObject({ code: 'memory_unavailable' });
      expect(String(refused)).not.toContain('wrong-word');
    }
    await using open = await createRedisStore({ url: url.replace('//', '//:hunter2@') });
    await open.append('t', says('in'));
    client.destroy();
  });

  it('refuses options that make no sense, without showing the URL', async () => {
    for (const options of [
      {},
      { url: '' },
      { url: 'http://:hunter2@host' },
      { url: 'not a url hunter2' },
      { url: 'redis://:hunter2%@127.0.0.1' },
      { url: `${url}/hunter2` },
      { url: 'redis:///1' },
      { url: 'redis://127.0.0.1:99999' },
      { url: 7 },
      { url, ttlMs: 0 },
      { url, ttlMs: Number.POSITIVE_INFINITY },
      { url, timeoutMs: -1 },
      { url, prefix: 7 },
    ]) {
      const refused = await outcome(createRedisStore(options as never));
      expect(refused).toMatchObject({ code: 'invalid_memory_input' });
      expect(String(refused)).not.toContain('hunter2');
    }
  });
});
