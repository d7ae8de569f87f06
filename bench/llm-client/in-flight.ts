/**
 * What do 10,000 calls in flight cost: memory for each, and the longest time in which nothing else can run? The server holds
 * every answer back until all requests are there, and then sends 100 every 10 ms. Every way runs in a process of its own, in turns; medians.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns } from '../measure/in-turns.ts';
import { startServer } from './start-server.ts';
import { BARE_SDK, OURS, SDK_WITH_OUR_FETCH, ways } from './ways.ts';

const ROUNDS = 3;
const NAMES = [BARE_SDK, SDK_WITH_OUR_FETCH, '@pd/llm-client, no log', OURS];
/** Calls begun before the loop gets a turn, as a program does that has other things to do. */
const AT_ONCE = 20;

/** Heap and what hangs on it, after everything that nobody holds is gone. */
function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The longest time that this thread has worked between two turns of the loop. CPU time: the machine has other things to do. */
function watchStalls() {
  const workedMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longestMs = 0;
  let last = workedMs();
  const timer = setInterval(() => {
    const now = workedMs();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  }, 1);
  return {
    /** What comes now does not count. */
    skip: () => {
      last = workedMs();
    },
    stop: () => {
      clearInterval(timer);
      return longestMs;
    },
  };
}

async function hold(name: string, origin: string, calls: number) {
  const way = await ways[name]?.(`${origin}/hold${calls}`);
  if (way === undefined) throw new Error(`no such way: ${name}`);
  const before = memory();
  const stalls = watchStalls();
  const asked: Promise<string>[] = [];
  for (let i = 0; i < calls - 1; i++) {
    if (i % AT_ONCE === 0) await new Promise(setImmediate);
    asked.push(way.chat(`question ${i}`));
  }
  // All but one are waiting for their answer.
  await sleep(500);
  const inFlight = memory();
  stalls.skip();
  asked.push(way.chat('the last question'));
  await Promise.all(asked);
  const longestMs = stalls.stop();
  asked.length = 0;
  await sleep(100);
  const after = memory();
  await way.close?.();
  return { bytesPerCall: (inFlight - before) / calls, leftPerCall: (after - before) / calls, longestMs };
}

const [name, origin] = process.argv.slice(2);
if (name !== undefined && origin !== undefined) {
  await hold(name, origin, 200);
  const few = await hold(name, origin, 1_000);
  const many = await hold(name, origin, 10_000);
  console.log(JSON.stringify({ ...many, fewBytesPerCall: few.bytesPerCall }));
  process.exit();
}
const server = await startServer();
const flags = ['--expose-gc'];
const rows = inTurns(import.meta.filename, NAMES, { rounds: ROUNDS, args: [server.origin], flags });
server.stop();
for (const { name, figures } of rows) {
  const { bytesPerCall, fewBytesPerCall, leftPerCall, longestMs } = figures;
  const kb = (bytes = Number.NaN) => `${(bytes / 1024).toFixed(1).padStart(5)} KB`;
  const cells = [
    name.padEnd(28),
    `${kb(bytesPerCall)} a call of 10,000 in flight (${kb(fewBytesPerCall)} of 1,000)`,
    `${kb(leftPerCall)} a call afterwards`,
    `longest stall ${(longestMs ?? Number.NaN).toFixed(0)} ms CPU`,
  ];
  console.log(cells.join('   '));
}
