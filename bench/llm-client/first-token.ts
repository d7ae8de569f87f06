/**
 * How long until the first token of a stream, and what does a stream of 10,000 chunks cost? One stream at a time. Every way
 * runs in a process of its own, in turns; medians, beside the bare openai SDK.
 */
import { inTurns } from '../measure/in-turns.ts';
import { median } from '../measure/median.ts';
import { startServer } from './start-server.ts';
import { BARE_SDK, OURS, SDK_WITH_OUR_FETCH, ways } from './ways.ts';

const STREAMS = 500;
const LONG_STREAMS = 10;
const CHUNKS = 10_000;
const ROUNDS = 3;
const NAMES = [BARE_SDK, SDK_WITH_OUR_FETCH, OURS, 'AI SDK'];

async function measure(name: string, origin: string) {
  const make = ways[name];
  const short = await make?.(`${origin}/v1`);
  const long = await make?.(`${origin}/stream${CHUNKS}`);
  if (short?.stream === undefined || long?.stream === undefined) throw new Error(`no such way: ${name}`);
  const firstMs: number[] = [];
  for (let i = 0; i < STREAMS + 200; i++) {
    const begun = performance.now();
    let first: number | undefined;
    for await (const _ of short.stream(`question ${i}`)) first ??= performance.now() - begun;
    if (i >= 200) firstMs.push(first ?? Number.NaN);
  }
  const read = async (streams: number) => {
    for (let i = 0; i < streams; i++) {
      let chunks = 0;
      for await (const _ of long.stream?.(`question ${i}`) ?? []) chunks++;
      if (chunks !== CHUNKS) throw new Error(`${chunks} chunks instead of ${CHUNKS}`);
    }
  };
  await read(3);
  const cpu = process.cpuUsage();
  await read(LONG_STREAMS);
  const { user, system } = process.cpuUsage(cpu);
  await short.close?.();
  await long.close?.();
  return { firstMs: median(firstMs), streamCpuMs: (user + system) / 1000 / LONG_STREAMS };
}

const [name, origin] = process.argv.slice(2);
if (name !== undefined && origin !== undefined) {
  console.log(JSON.stringify(await measure(name, origin)));
  process.exit();
}
const server = await startServer();
const rows = inTurns(import.meta.filename, NAMES, { rounds: ROUNDS, args: [server.origin] });
server.stop();
const bare = rows[0]?.figures ?? {};
for (const { name, figures } of rows) {
  const { firstMs = Number.NaN, streamCpuMs = Number.NaN } = figures;
  const later = firstMs - (bare.firstMs ?? Number.NaN);
  const cells = [
    name.padEnd(28),
    `first token ${firstMs.toFixed(2)} ms (${later < 0 ? '' : '+'}${later.toFixed(2)})`,
    `10,000 chunks ${streamCpuMs.toFixed(1).padStart(6)} ms CPU (${(streamCpuMs / (bare.streamCpuMs ?? Number.NaN)).toFixed(2)} × SDK)`,
  ];
  console.log(cells.join('   '));
}
