/**
 * What does it cost to put one call on record? A call is its beginning and its ending, with a prompt and a reply of about 1 KB
 * each, none alike. Every way runs in a process of its own, in turns; medians are shown beside the floor: one
 * `fs.writeSync(JSON.stringify(event))` for each of the two. What it takes to make the events is measured by itself and taken
 * off, because a program does not keep all that was ever said in it.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createCallLog } from '@pd/call-log';
import pino from 'pino';
import { inTurns } from '../measure/in-turns.ts';
import { openaiAgents, openTelemetry } from './peers.ts';

const CALLS = 80_000;
const WARM_UP = 2_000;
const ROUNDS = 3;

/** Calls that are recorded before others get their turn. */
const CALLS_A_TURN = 32;

export type CallEvent = ReturnType<typeof events>[number];

export interface Way {
  log(event: CallEvent): void;
  close(): Promise<void> | void;
  /** Calls that were not written. */
  lost?(): number;
}

interface Measured {
  caller: number;
  cpu: number;
  lost: number;
}

/** The making of the events. */
const NOTHING = 'nothing is recorded';

const ways: Record<string, (dir: string) => Way> = {
  'floor: JSON.stringify + writeSync': (dir) => {
    const fd = openSync(join(dir, 'floor.jsonl'), 'a');
    return { log: (event) => void writeSync(fd, `${JSON.stringify(event)}\n`), close: () => closeSync(fd) };
  },
  [NOTHING]: () => ({ log: () => {}, close: () => {} }),
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
  'collect, write at exit (loses all at SIGKILL)': (dir) => {
    const lines: string[] = [];
    return {
      log: (event) => void lines.push(JSON.stringify(event)),
      close: () => {
        const fd = openSync(join(dir, 'all.jsonl'), 'a');
        for (const line of lines) writeSync(fd, `${line}\n`);
        closeSync(fd);
      },
    };
  },
  'OpenTelemetry, batches to a file': (dir) => openTelemetry(join(dir, 'spans.jsonl')),
  '@openai/agents, batches to a file': (dir) => openaiAgents(join(dir, 'traces.jsonl')),
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

function events(i: number) {
  const text = `${i} ${'lorem ipsum dolor sit amet '.repeat(38)}`;
  const call_id = `call_${i}`;
  const agent = { id: `agent-${i % 10}` };
  const messages = [{ role: 'user', content: `ask ${text}` }];
  const usage = { input_tokens: 250, output_tokens: 250, source: 'provider' };
  const reply = { message: { role: 'assistant', content: text } };
  return [
    { type: 'call.start', call_id, agent, operation: 'chat', provider: 'p', model: 'm', messages },
    { type: 'call.end', call_id, status: 'ok', reply, usage },
  ] as const;
}

/** Microseconds a call, on the calling thread and in CPU time of all threads, the closing included. */
async function measure(name: string): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  try {
    const way = ways[name]?.(dir);
    if (way === undefined) throw new Error(`no such way: ${name}`);
    for (let i = 0; i < WARM_UP; i++) for (const event of events(i)) way.log(event);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    for (let i = WARM_UP; i < WARM_UP + CALLS; i++) {
      for (const event of events(i)) way.log(event);
      // As a program that waits for models does; what goes in batches is sent in between.
      if (i % CALLS_A_TURN === 0) await turn();
    }
    const caller = performance.now() - begun;
    await way.close();
    const { user, system } = process.cpuUsage(cpu);
    return { caller: (caller * 1000) / CALLS, cpu: (user + system) / CALLS, lost: way.lost?.() ?? 0 };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

if (process.argv[2] !== undefined) {
  console.log(JSON.stringify(await measure(process.argv[2])));
} else {
  const rows = inTurns(import.meta.filename, Object.keys(ways), { rounds: ROUNDS });
  const of = (name: string, field: keyof Measured) =>
    rows.find((row) => row.name === name)?.figures[field] ?? Number.NaN;
  const cost = (name: string, field: 'caller' | 'cpu') => of(name, field) - of(NOTHING, field);
  const [floor = ''] = Object.keys(ways);
  for (const { name } of rows.filter(({ name }) => name !== NOTHING)) {
    const lost = of(name, 'lost');
    const cells = [
      name.padEnd(46),
      `${cost(name, 'caller').toFixed(1).padStart(6)} µs on the caller`,
      `${cost(name, 'cpu').toFixed(1).padStart(6)} µs CPU in all`,
      `${(cost(name, 'cpu') / cost(floor, 'cpu')).toFixed(1)} × the floor`,
      ...(lost > 0 ? [`${((lost / CALLS) * 100).toFixed(0)} % of the calls lost`] : []),
    ];
    console.log(cells.join('   '));
  }
}
