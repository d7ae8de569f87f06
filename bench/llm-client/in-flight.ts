/**
 * What do 10,000 calls in flight cost: memory for each, and the longest time in which nothing else could run? The server holds
 * every answer back until all requests are there. Every way runs in a process of its own, in turns; medians.
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

async function hold(name: string, origin: string, calls: number) {
  const way = await ways[name]?.(`${origin}/hold${calls}`);
  if (way === undefined) throw new Error(`no such way: ${name}`);
  let longestMs = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last - 1);
    last = now;
  }, 1);
  const before = memory();
  last = performance.now();
  const asked: Promise<string>[] = [];
  let inFlight = Number.NaN;
  for (let i = 0; i < calls; i++) {
    if (i % AT_ONCE === 0) await new Promise(setImmediate);
    if (i === calls - 1) {
      // All but one are waiting; collecting garbage is no stall of the client's.
      await sleep(500);
      clearInterval(watch);
      inFlight = memory();
    }
    asked.push(way.chat(`question ${i}`));
  }
  await Promise.all(asked);
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
    `longest stall ${(longestMs ?? Number.NaN).toFixed(0)} ms`,
  ];
  console.log(cells.join('   '));
}
