/**
 * What does it cost to put one call on record? A call is its beginning and its ending, with a prompt and a reply of about 1 KB
 * each, none alike. Every way runs in a process of its own, in turns; medians are shown beside the floor: one
 * `fs.writeSync(JSON.stringify(event))` for each of the two.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog } from '@pd/call-log';
import pino from 'pino';
import { inTurns } from '../measure/in-turns.ts';

const CALLS = 80_000;
const WARM_UP = 2_000;
const ROUNDS = 3;

interface Way {
  log(event: object): void;
  close(): Promise<void> | void;
}

const ways: Record<string, (dir: string) => Way> = {
  'floor: JSON.stringify + writeSync': (dir) => {
    const fd = openSync(join(dir, 'floor.jsonl'), 'a');
    return { log: (event) => void writeSync(fd, `${JSON.stringify(event)}\n`), close: () => closeSync(fd) };
  },
  'pino, synchronous destination': (dir) => {
    const logger = pino(pino.destination({ dest: join(dir, 'pino.log'), sync: true }));
    return { log: (event) => logger.info(event), close: () => {} };
  },
  'pino, worker (loses lines at SIGKILL)': (dir) => {
    const transport = pino.transport({
      target: 'pino/file',
      options: { destination: join(dir, 'worker.log') },
    });
    const logger = pino(transport);
    return { log: (event) => logger.info(event), close: () => closeTransport(transport) };
  },
  '@pd/call-log, journal only': (dir) => callLog(dir, false),
  '@pd/call-log, journal and tree': (dir) => callLog(dir, 'worker'),
};

function callLog(dir: string, tree: 'worker' | false): Way {
  const log = createCallLog({ dir, tree });
  return { log: (event) => log.logger(event as never), close: () => log.close() };
}

/** A pino worker does not keep the process alive; whoever waits for it has to. */
async function closeTransport(transport: ReturnType<typeof pino.transport>): Promise<void> {
  const keepAlive = setInterval(() => {}, 1000);
  await new Promise((resolve) => {
    transport.once('close', resolve);
    transport.end();
  });
  clearInterval(keepAlive);
}

function events(i: number): [object, object] {
  const text = `${i} ${'lorem ipsum dolor sit amet '.repeat(38)}`;
  const call_id = `call_${i}`;
  const agent = { id: `agent-${i % 10}` };
  const messages = [{ role: 'user', content: `ask ${text}` }];
  const usage = { input_tokens: 250, output_tokens: 250, source: 'provider' };
  return [
    { type: 'call.start', call_id, agent, operation: 'chat', provider: 'p', model: 'm', messages },
    {
      type: 'call.end',
      call_id,
      status: 'ok',
      reply: { message: { role: 'assistant', content: text } },
      usage,
    },
  ];
}

/** Microseconds a call, on the calling thread and in CPU time of all threads, the closing included. */
async function measure(name: string): Promise<{ caller: number; cpu: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  try {
    const way = ways[name]?.(dir);
    if (way === undefined) throw new Error(`no such way: ${name}`);
    const calls = Array.from({ length: WARM_UP + CALLS }, (_, i) => events(i));
    for (const event of calls.slice(0, WARM_UP).flat()) way.log(event);
    const measured = calls.slice(WARM_UP).flat();
    const cpu = process.cpuUsage();
    const begun = performance.now();
    for (const event of measured) way.log(event);
    const caller = performance.now() - begun;
    await way.close();
    const { user, system } = process.cpuUsage(cpu);
    return { caller: (caller * 1000) / CALLS, cpu: (user + system) / CALLS };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

if (process.argv[2] !== undefined) {
  console.log(JSON.stringify(await measure(process.argv[2])));
} else {
  const rows = inTurns(import.meta.filename, Object.keys(ways), { rounds: ROUNDS });
  const floor = rows[0]?.figures;
  for (const { name, figures } of rows) {
    const { caller = Number.NaN, cpu = Number.NaN } = figures;
    const cells = [
      name.padEnd(40),
      `${caller.toFixed(1).padStart(6)} µs on the caller`,
      `${cpu.toFixed(1).padStart(6)} µs CPU in all`,
      `${(cpu / (floor?.cpu ?? 1)).toFixed(1)} × the floor`,
    ];
    console.log(cells.join('   '));
  }
}
