/**
 * What does a memory in SQLite cost? An append with its commit, beside plain `node:sqlite` inserting the same text with a commit each (the
 * floor); then a window and searches in a memory of 1,000,000 messages, all in one session and over a thousand of them.
 * Argument: another number of messages.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MemoryStore, NewMessage } from '@pd/agents';
import { createSQLiteStore } from '@pd/agents/memory/sqlite';

const MESSAGES = 1_000_000;
const APPENDS = 20_000;
const ROUNDS = 3;
const BATCH = 1_000;
const FACTS = 10_000;
const DIMENSIONS = 1_536;

/** Words as frequent as words are: a few everywhere, most of them hardly ever. The same ones every time. */
function createWriter() {
  let seed = 1;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  return (i: number) => {
    const words = Array.from({ length: 30 }, () => `w${Math.floor(20_000 * random() ** 3).toString(36)}`);
    return `message ${i} ${i % 2 === 0 ? 'even' : 'odd'} ${i % 1_000 === 0 ? 'seldom ' : ''}${words.join(' ')}`;
  };
}

const vector = (i: number) => Float32Array.from({ length: DIMENSIONS }, (_, k) => Math.cos(i * (k + 1)));

const says = (content: string): NewMessage => ({ message: { role: 'user', content }, tokens: 40 });

const percentile = (times: number[], part: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;

async function measure(count: number, work: (i: number) => unknown): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = performance.now();
    await work(i);
    times.push((performance.now() - begun) * 1_000);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

const write = createWriter();

/** Microseconds of one append, each of them a commit. */
const ways: Record<string, (path: string) => Promise<{ p50: number; p99: number }>> = {
  'floor: node:sqlite, one insert a commit': async (path) => {
    const database = new DatabaseSync(path);
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE m (body TEXT) STRICT',
    );
    const insert = database.prepare('INSERT INTO m VALUES (?)');
    const texts = Array.from({ length: APPENDS }, (_, i) => write(i));
    const measured = await measure(APPENDS, (i) => insert.run(JSON.stringify(says(texts[i] ?? '').message)));
    database.close();
    return measured;
  },
  'createSQLiteStore, append': async (path) => {
    await using store = await createSQLiteStore({ path });
    const texts = Array.from({ length: APPENDS }, (_, i) => write(i));
    return await measure(APPENDS, (i) => store.append('session', says(texts[i] ?? '')));
  },
};

async function fill(store: MemoryStore, messages: number): Promise<void> {
  for (let i = 0; i < messages; i += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, k) => says(write(i + k)));
    // Half of them in one session, the others over a thousand.
    await store.append(i % (2 * BATCH) === 0 ? 'large' : `small ${(i / BATCH) % 1_000}`, batch);
  }
}

if (process.argv[2] !== undefined && process.argv[2] in ways) {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  const measured = await ways[process.argv[2]]?.(join(dir, 'memory.db'));
  rmSync(dir, { recursive: true, force: true });
  console.log(JSON.stringify(measured));
} else {
  for (const name of Object.keys(ways)) {
    const rounds = Array.from({ length: ROUNDS }, () =>
      JSON.parse(execFileSync(process.execPath, [import.meta.filename, name], { encoding: 'utf8' })),
    );
    const of = (field: 'p50' | 'p99') =>
      percentile(
        rounds.map((round) => round[field]),
        0.5,
      )
        .toFixed(1)
        .padStart(7);
    console.log(`${name.padEnd(52)} p50 ${of('p50')} µs   p99 ${of('p99')} µs`);
  }
  const messages = Number(process.argv[2] ?? MESSAGES);
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  try {
    const path = join(dir, 'memory.db');
    await using store = await createSQLiteStore({ path });
    const begun = performance.now();
    await fill(store, messages);
    const seconds = (performance.now() - begun) / 1_000;
    const size = statSync(path).size / 2 ** 20;
    console.log(
      `${messages} messages, ${BATCH} a commit: ${((seconds * 1e6) / messages).toFixed(1)} µs a message, ${size.toFixed(0)} MB`,
    );
    const asked: Record<string, () => Promise<unknown>> = {
      'append into it': () => store.append('large', says('one more')),
      'window of 50': () => store.window('large', { messages: 50 }),
      'window of 2,000 tokens': () => store.window('large', { tokens: 2_000 }),
      session: () => store.session('large'),
      'search: a word that 1 in 1,000 has': () => store.search('seldom'),
      'search: a word that half of them have': () => store.search('odd'),
      'search: three words, in every message, half and few': () => store.search('message odd w5a'),
      'search: two words that no message has both': () => store.search('even odd'),
      'search: any of five words': () => store.search('message odd w1 w5a seldom', { match: 'any' }),
      'search: in the session of half the messages': () => store.search('even w5a', { sessionId: 'large' }),
      'search: in a session of 1,000': () => store.search('message w1', { sessionId: 'small 7' }),
      'search: a word that is not there': () => store.search('nowhere'),
    };
    const person = { type: 'user', id: 'anna' } as const;
    for (let i = 0; i < FACTS; i += BATCH)
      await store.facts.put(
        person,
        Array.from({ length: BATCH }, (_, k) => ({ text: `fact ${i + k}`, vector: vector(i + k) })),
      );
    asked[`facts: the nearest of ${FACTS} vectors of ${DIMENSIONS}`] = () =>
      store.facts.searchByVector(person, vector(7), { limit: 10 });
    for (const [name, work] of Object.entries(asked)) {
      await work();
      const { p50, p99 } = await measure(
        name.startsWith('search') ? 50 : name.startsWith('facts') ? 10 : 500,
        work,
      );
      console.log(
        `${name.padEnd(52)} p50 ${(p50 / 1_000).toFixed(3).padStart(8)} ms   p99 ${(p99 / 1_000).toFixed(3).padStart(8)} ms`,
      );
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
