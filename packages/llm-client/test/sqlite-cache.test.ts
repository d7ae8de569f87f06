import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { CacheFileError, createSqliteCache } from '../src/cache-sqlite.ts';
import { hello, recordedClient, serve } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'pd-cache-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('answers after the process that asked has gone, and a write that fails harms no call', async () => {
  let requests = 0;
  await using server = await serve((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    const message = { content: `answer ${++requests}` };
    response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
  });
  const path = join(folder, 'calls.db');
  const messages = [...hello];
  {
    using cache = createSqliteCache({ path });
    expect(await recordedClient(server.url, { cache }).client.chat({ messages })).toMatchObject({
      cached: false,
    });
  }
  using cache = createSqliteCache({ path });
  const told: unknown[] = [];
  const onCacheError = (error: unknown) => told.push(error);
  const { client } = recordedClient(server.url, { cache, onCacheError });
  expect(await client.chat({ messages })).toMatchObject({ text: 'answer 1', cached: true });
  using other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  // Reading goes on, also when its use cannot be noted.
  const later = createSqliteCache({ path, now: () => new Date(Date.now() + 60_000) });
  expect(later.get(String(other.prepare('SELECT key FROM entries').get()?.key))).toContain('answer 1');
  later.close();
  expect(await client.chat({ messages, seed: 1 })).toMatchObject({ text: 'answer 2', cached: false });
  await expect.poll(() => told).toMatchObject([{ message: 'database is locked' }]);
});

it('keeps to its size, and forgets what was not asked for the longest, and what is too old', () => {
  let nowMs = 1_000_000;
  const path = join(folder, 'size.db');
  using cache = createSqliteCache({ path, maxBytes: 100, ttlMs: 60_000, now: () => new Date(nowMs) });
  for (const key of ['a', 'b', 'c']) {
    cache.set(key, key.repeat(30));
    nowMs += 2_000;
  }
  expect(cache.get('a')).toBe('a'.repeat(30));
  cache.set('d', 'é'.repeat(15));
  expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined)).toEqual(['a', 'c', 'd']);
  cache.set('huge', 'x'.repeat(101));
  expect(cache.get('huge')).toBeUndefined();
  expect(cache.get('a')).toBeDefined();
  nowMs += 60_000;
  expect(cache.get('d')).toBeUndefined();
});

it('serves several processes that open and write it at once', async () => {
  const path = join(folder, 'shared.db');
  const program = `
    import { createSqliteCache } from ${JSON.stringify(join(import.meta.dirname, '../src/cache-sqlite.ts'))};
    using cache = createSqliteCache({ path: process.argv[1] });
    for (let i = 0; i < 100; i++) cache.set(process.argv[2] + i, 'v' + i);
    cache.set('same', 'whole');
  `;
  const run = promisify(execFile);
  const options = ['--input-type=module-typescript', '--no-warnings', '-e', program, path];
  await Promise.all(['x', 'y', 'z'].map((name) => run(process.execPath, [...options, name])));
  using cache = createSqliteCache({ path });
  for (const name of ['x', 'y', 'z'])
    for (let i = 0; i < 100; i++) expect(cache.get(`${name}${i}`)).toBe(`v${i}`);
  expect(cache.get('same')).toBe('whole');
});

it('says what is wrong with a file, and leaves it as it is', () => {
  const text = join(folder, 'notes.txt');
  writeFileSync(text, 'these are my notes, and no database at all. '.repeat(200));
  expect(() => createSqliteCache({ path: text })).toThrow(CacheFileError);
  expect(readFileSync(text, 'utf8')).toMatch(/^these are my notes/);

  const foreign = join(folder, 'foreign.db');
  {
    using database = new DatabaseSync(foreign);
    database.exec('CREATE TABLE mine (x); INSERT INTO mine VALUES (1)');
  }
  const before = readFileSync(foreign);
  expect(() => createSqliteCache({ path: foreign })).toThrow(/a database of something else/);
  expect(readFileSync(foreign).equals(before)).toBe(true);

  const torn = join(folder, 'torn.db');
  {
    using cache = createSqliteCache({ path: torn });
    for (let i = 0; i < 200; i++) cache.set(`key ${i}`, 'x'.repeat(500));
  }
  const whole = readFileSync(torn);
  writeFileSync(torn, whole.subarray(0, Math.floor(whole.length / 2)));
  expect(() => createSqliteCache({ path: torn })).toThrow(CacheFileError);

  expect(() => createSqliteCache({ path: join(folder, 'not', 'there.db') })).toThrow(CacheFileError);
});

it.each([{ path: '' }, { path: 'x', maxBytes: 0 }, { path: 'x', ttlMs: -1 }])('refuses %j', (options) => {
  expect(() => createSqliteCache(options)).toThrow(RangeError);
});
