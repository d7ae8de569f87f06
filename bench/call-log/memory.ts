/**
 * What does a long run cost in memory and on disk? A million events: 250,000 calls of four events each, in conversations of
 * eight turns that send their whole history with every call. Every way runs in a process of its own; the resident memory
 * after 10,000 events is compared with the largest after that, and with that at the end.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createCallLog } from '@pd/call-log';
import pino from 'pino';

const CALLS = Number(process.env.PD_BENCH_CALLS ?? 250_000);
const TURNS = 8;
const AGENTS = 10;
const WARM_UP_EVENTS = 10_000;

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
  start: number;
  peak: number;
  end: number;
  disk: number;
}

async function measure(name: string): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  try {
    const way = ways[name]?.(dir);
    if (way === undefined) throw new Error(`no such way: ${name}`);
    const rss = () => process.memoryUsage.rss();
    const measured = { events: 0, start: 0, peak: 0, end: 0, disk: 0 };
    for (const event of events()) {
      way.log(event);
      if (++measured.events === WARM_UP_EVENTS) measured.start = rss();
      if (measured.events % 1_000 > 0) continue;
      // A program that asks models lets others have their turn.
      await turn();
      if (measured.events > WARM_UP_EVENTS) measured.peak = Math.max(measured.peak, rss());
    }
    measured.end = rss();
    await way.close();
    measured.disk = sizeOf(dir);
    return measured;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Without the trees, which are derived. */
function sizeOf(dir: string): number {
  return readdirSync(dir).reduce(
    (sum, name) => sum + (name.endsWith('.json') ? 0 : statSync(join(dir, name)).size),
    0,
  );
}

if (process.argv[2] !== undefined) {
  console.log(JSON.stringify(await measure(process.argv[2])));
} else {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0).padStart(6)} MB`;
  for (const name of Object.keys(ways)) {
    const output = execFileSync(process.execPath, [import.meta.filename, name], { encoding: 'utf8' });
    const { events: count, start, peak, end, disk } = JSON.parse(output) as Measured;
    const cells = [
      name.padEnd(36),
      `${count} events`,
      `${mb(start)} after ${WARM_UP_EVENTS}`,
      `${mb(peak - start)} more at most`,
      `${mb(end - start)} more at the end`,
      `${mb(disk)} on disk`,
    ];
    console.log(cells.join('   '));
  }
}
