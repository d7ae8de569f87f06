/**
 * What does a long run cost in memory and on disk? A million events: 250,000 calls of four events each, in conversations of
 * eight turns that send their whole history with every call. Every way runs in a process of its own; what it has after 10,000
 * events is compared with what it has at most, and with what it keeps at the end.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createCallLog } from '@pd/call-log';
import pino from 'pino';

const CALLS = Number(process.env.PD_BENCH_CALLS ?? 250_000);
const TURNS = 8;
const AGENTS = 10;
const WARM_UP_EVENTS = 10_000;

/**
 * V8's nursery grows in steps from 3 × 1 MB to 3 × 32 MB in any program that allocates for long enough, recorded or not, and
 * would hide everything else. Held at 3 × 16 MB for every way; the program runs in a worker for that, because a flag would
 * hold for the workers of the log as well, which limit themselves.
 */
const PROGRAM = { maxYoungGenerationSizeMb: 48 };

interface Way {
  log(event: object): void;
  close(): Promise<void> | void;
}

const ways: Record<string, (dir: string) => Way> = {
  'the program alone, nothing recorded': () => ({
    log: (event) => void JSON.stringify(event),
    close: () => {},
  }),
  '@pd/call-log, journal only': (dir) => callLog(dir, false),
  '@pd/call-log, tree in a worker': (dir) => callLog(dir, 'worker'),
  '@pd/call-log, tree inline': (dir) => callLog(dir, 'inline'),
  'pino, synchronous destination': (dir) => {
    const logger = pino(pino.destination({ dest: join(dir, 'pino.log'), sync: true }));
    return { log: (event) => logger.info(event), close: () => {} };
  },
  'collect everything, write at exit': (dir) => {
    const events: string[] = [];
    return {
      log: (event) => void events.push(JSON.stringify(event)),
      close: () => {
        for (const [i, event] of events.entries())
          writeFileSync(join(dir, 'all.jsonl'), `${event}\n`, { flag: i === 0 ? 'w' : 'a' });
      },
    };
  },
};

function callLog(dir: string, tree: 'worker' | 'inline' | false): Way {
  const log = createCallLog({ dir, tree });
  return { log: (event) => log.logger(event as never), close: () => log.close() };
}

/** The events of all calls, each with the whole conversation so far. */
function* events(): Generator<object> {
  const conversations = Array.from({ length: AGENTS }, () => [] as object[]);
  for (let i = 0; i < CALLS; i++) {
    const messages = conversations[i % AGENTS] ?? [];
    if (messages.length >= 2 * TURNS) messages.length = 0;
    const call_id = `call_${i}`;
    const said = { provider: 'p', model: 'm' };
    messages.push({ role: 'user', content: `question ${i}: ${'what makes a good bridge? '.repeat(8)}` });
    const agent = { id: `agent-${i % AGENTS}` };
    yield { type: 'call.start', call_id, agent, operation: 'chat', ...said, messages: [...messages] };
    yield { type: 'attempt.start', call_id, number: 1, ...said };
    yield { type: 'attempt.end', call_id, number: 1, status: 'ok', http_status: 200, duration_ms: 1 };
    const message = { role: 'assistant', content: `answer ${i}: ${'one that stands. '.repeat(12)}` };
    messages.push(message);
    const usage = { input_tokens: 250, output_tokens: 250, source: 'provider' };
    yield { type: 'call.end', call_id, status: 'ok', duration_ms: 1, reply: { message }, usage };
  }
}

interface Measured {
  events: number;
  /** Of the process, at most, beyond what it had after the warm-up. */
  rss: number;
  /** What a garbage collection leaves, beyond what it left after the warm-up. */
  kept: number;
  disk: number;
}

async function measure(name: string): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  try {
    const way = ways[name]?.(dir);
    if (way === undefined) throw new Error(`no such way: ${name}`);
    let [count, start, startKept, peak] = [0, 0, 0, 0];
    for (const event of events()) {
      way.log(event);
      if (++count % 1_000 > 0) continue;
      // A program that asks models lets others have their turn.
      await turn();
      const rss = process.memoryUsage.rss();
      if (count <= WARM_UP_EVENTS) [start, startKept] = [rss, keptNow()];
      else peak = Math.max(peak, rss);
    }
    const kept = keptNow() - startKept;
    await way.close();
    return { events: count, rss: peak - start, kept, disk: sizeOf(dir) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function keptNow(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Without the trees, which are derived. */
function sizeOf(dir: string): number {
  const names = readdirSync(dir).filter((name) => !name.endsWith('.json'));
  return names.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
}

/** In a process of its own, and in a worker of that. */
function measureInWorker(name: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.filename, { workerData: name, resourceLimits: PROGRAM });
    worker.once('message', resolve).once('error', reject);
  });
}

if (!isMainThread) {
  parentPort?.postMessage(await measure(workerData));
} else if (process.argv[2] !== undefined) {
  console.log(JSON.stringify(await measureInWorker(process.argv[2])));
} else {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0).padStart(5)} MB`;
  let alone: Measured | undefined;
  for (const name of Object.keys(ways)) {
    const arguments_ = ['--expose-gc', import.meta.filename, name];
    const measured = JSON.parse(execFileSync(process.execPath, arguments_, { encoding: 'utf8' })) as Measured;
    alone ??= measured;
    const cells = [
      name.padEnd(38),
      `${measured.events} events`,
      `process ${mb(measured.rss)} larger, ${mb(measured.rss - alone.rss)} more than the program alone`,
      `${mb(measured.kept)} kept`,
      `${mb(measured.disk)} on disk`,
    ];
    console.log(cells.join('   '));
  }
}
