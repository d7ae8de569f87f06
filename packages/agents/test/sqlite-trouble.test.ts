import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryStoreError, type NewMessage } from '../src/index.ts';
import { createSQLiteStore } from '../src/memory/sqlite/create-sqlite-store.ts';

const prlimit = spawnSync('prlimit', ['--version']).status === 0;
const program = join(import.meta.dirname, 'fixtures/try-sqlite.mjs');

const says = (content: string): NewMessage => ({ message: { role: 'user', content } });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => error,
  );

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-memory-'));
  path = join(dir, 'memory.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('a memory in SQLite', () => {
  it('is a file for its owner only, with everything beside it', async () => {
    await using store = await createSQLiteStore({ path });
    await store.append('s', says('secret'));
    for (const name of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
  });

  it('waits for the lock of another connection, beside everything else', async () => {
    await using store = await createSQLiteStore({ path });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const appends = [store.append('s', says('1')), store.append('s', says('2'))];
    let turns = 0;
    for (; turns < 5; turns++) await wait(10);
    expect((await store.window('s')).messages).toEqual([]);
    other.exec('COMMIT');
    await Promise.all(appends);
    expect((await store.read('s')).map(({ message }) => message.content)).toEqual(['1', '2']);
    other.close();
  });

  it('gives up after the timeout or the signal, and goes on when the lock is gone', async () => {
    await using store = await createSQLiteStore({ path, busyTimeoutMs: 150 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const begun = performance.now();
    const busy = await outcome(store.append('s', says('lost')));
    expect(performance.now() - begun).toBeGreaterThan(140);
    expect(busy).toMatchObject({ code: 'memory_busy', outcome: 'not_written' });
    expect(MemoryStoreError.isInstance(busy)).toBe(true);

    const controller = new AbortController();
    const waiting = outcome(store.append('s', says('given up'), { signal: controller.signal }));
    controller.abort('enough');
    expect(await waiting).toBe('enough');

    other.exec('ROLLBACK');
    await store.append('s', says('kept'));
    expect((await store.read('s')).map(({ message }) => message.content)).toEqual(['kept']);
    other.close();
  });

  it('waits for the lock while it is opened', async () => {
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE; CREATE TABLE t (x)');
    expect(await outcome(createSQLiteStore({ path, busyTimeoutMs: 60 }))).toMatchObject({
      code: 'memory_busy',
    });
    const opening = createSQLiteStore({ path });
    other.exec('ROLLBACK');
    other.close();
    await using store = await opening;
    await store.append('s', says('there'));
  });

  it('is made by two processes at once', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => createSQLiteStore({ path })));
    await Promise.all(stores.map((store, i) => store.append('s', says(String(i)))));
    expect((await stores[0]?.read('s'))?.length).toBe(4);
    for (const store of stores) await store.close();
  });

  it('says what is wrong with a file that is no memory, and leaves it as it is', async () => {
    writeFileSync(path, 'this is not a database at all '.repeat(500));
    const before = readFileSync(path);
    expect(await outcome(createSQLiteStore({ path }))).toMatchObject({ code: 'memory_corrupt' });
    expect(readFileSync(path)).toEqual(before);

    const others = join(dir, 'others.db');
    const database = new DatabaseSync(others);
    database.exec('CREATE TABLE customers (name)');
    database.close();
    const untouched = readFileSync(others);
    expect(await outcome(createSQLiteStore({ path: others }))).toMatchObject({
      code: 'memory_corrupt',
      message: expect.stringContaining('something else'),
    });
    expect(readFileSync(others)).toEqual(untouched);
  });

  it('says that a file was written by a newer version', async () => {
    await (await createSQLiteStore({ path })).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(await outcome(createSQLiteStore({ path }))).toMatchObject({
      code: 'memory_unsupported',
      message: expect.stringContaining('99'),
    });
  });

  it('says that its file is damaged', async () => {
    const store = await createSQLiteStore({ path });
    await store.append(
      's',
      Array.from({ length: 500 }, (_, i) => says(`${i} ${'x'.repeat(1_000)}`)),
    );
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 8_192, bytes.length - 4_096);
    writeFileSync(path, bytes);
    await using damaged = await createSQLiteStore({ path });
    expect(await outcome(damaged.append('s', says('more')))).toMatchObject({ code: 'memory_corrupt' });
    expect(await outcome(damaged.read('s'))).toMatchObject({ code: 'memory_corrupt' });
  });

  it('refuses options that make no sense', async () => {
    for (const options of [
      {},
      { path: '' },
      { path: 'a\0b' },
      { path: ':memory:' },
      { path: 7 },
      { path, busyTimeoutMs: -1 },
      { path, busyTimeoutMs: Number.NaN },
      { path, synchronous: 'off' },
    ])
      expect(await outcome(createSQLiteStore(options as never))).toMatchObject({
        code: 'invalid_memory_input',
      });
  });

  it('says that a path leads nowhere', async () => {
    writeFileSync(path, '');
    expect(await outcome(createSQLiteStore({ path: join(path, 'memory.db') }))).toMatchObject({
      code: 'memory_unavailable',
    });
    expect(await outcome(createSQLiteStore({ path: dir }))).toMatchObject({ code: 'memory_unavailable' });
  });

  it('says that its file or folder is read-only', async () => {
    const store = await createSQLiteStore({ path });
    await store.append('s', says('there'));
    await store.close();
    const locked = join(dir, 'locked');
    mkdirSync(locked);
    // Root may write everywhere: tried as nobody.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    chmodSync(dir, 0o555);
    chmodSync(locked, 0o555);
    chmodSync(path, 0o444);
    const attempt = (file: string) =>
      execFileSync(process.execPath, [program, file], { encoding: 'utf8', ...user }).trim();
    try {
      expect(attempt(path)).toBe('memory_read_only');
      expect(attempt(join(locked, 'memory.db'))).toBe('memory_read_only');
    } finally {
      chmodSync(dir, 0o755);
    }
  });

  it.skipIf(!prlimit)(
    'says that the disk is full, loses nothing before it, and goes on when there is room',
    async () => {
      // A limit of file size is as good as a full disk.
      const output = execFileSync(
        'prlimit',
        ['--fsize=600000:unlimited', process.execPath, program, path, 'fill'],
        {
          encoding: 'utf8',
        },
      );
      const { code, stored, after } = JSON.parse(output);
      expect(code).toBe('memory_full');
      expect(stored).toBeGreaterThan(10);
      expect(after).toBe(stored + 1);
      await using store = await createSQLiteStore({ path });
      expect((await store.read('s')).length).toBe(after);
    },
  );
});
