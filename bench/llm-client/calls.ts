/**
 * How many calls per second, and what does each cost in CPU time? 32 at a time against a server without latency in a process of
 * its own. Every way runs in a process of its own, in turns; medians, beside the bare openai SDK.
 */
import { inTurns } from '../measure/in-turns.ts';
import { startServer } from './start-server.ts';
import { BARE_SDK, SDK_WITH_OUR_FETCH, ways } from './ways.ts';

const CALLS = 5_000;
const WARM_UP = 2_000;
const AT_A_TIME = 32;
const ROUNDS = 3;

async function measure(name: string, origin: string) {
  const way = await ways[name]?.(`${origin}/v1`);
  if (way === undefined) throw new Error(`no such way: ${name}`);
  const ask = async (calls: number) => {
    let next = 0;
    const lane = async () => {
      while (next < calls) await way.chat(`question ${next++} ${'what do you say to this '.repeat(8)}`);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  };
  await ask(WARM_UP);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await ask(CALLS);
  const seconds = (performance.now() - begun) / 1000;
  await way.close?.();
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: CALLS / seconds, cpuUs: (user + system) / CALLS };
}

const [name, origin] = process.argv.slice(2);
if (name !== undefined && origin !== undefined) {
  console.log(JSON.stringify(await measure(name, origin)));
  process.exit();
}
const server = await startServer();
const rows = inTurns(import.meta.filename, Object.keys(ways), { rounds: ROUNDS, args: [server.origin] });
server.stop();
const of = (wanted: string) => rows.find((row) => row.name === wanted)?.figures ?? {};
const ratio = (value = Number.NaN, base = Number.NaN) => `${(value / base).toFixed(2)} ×`;
for (const { name, figures } of rows) {
  const { perSecond = Number.NaN, cpuUs = Number.NaN } = figures;
  const bare = of(BARE_SDK);
  const thin = of(SDK_WITH_OUR_FETCH);
  const cells = [
    name.padEnd(34),
    `${perSecond.toFixed(0).padStart(6)} calls/s (${ratio(perSecond, bare.perSecond)} SDK, ${ratio(perSecond, thin.perSecond)} with our fetch)`,
    `${cpuUs.toFixed(0).padStart(5)} µs CPU (${ratio(cpuUs, bare.cpuUs)} SDK, ${ratio(cpuUs, thin.cpuUs)} with our fetch)`,
  ];
  console.log(cells.join('   '));
}
