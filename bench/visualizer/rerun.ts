// How long does it take to write a run as a Rerun recording, beside the floor: encoding the same columns as Arrow IPC, once they are
// there? Each way runs five times in its process, of which the median counts: the second conversion is what a server pays, and the
// first, which loads and compiles everything, is what a command pays.
import { toRrd } from '@pd/visualizer/rerun';
import { RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import { inTurns } from '../measure/in-turns.ts';
import { median } from '../measure/median.ts';
import { buildRun } from './build-run.ts';

const SHAPES = [
  [10_000, 20],
  [10_000, 50],
  [100_000, 20],
] as const;
const WAYS = ['Arrow IPC alone, the floor', 'JSON.stringify of the tree', 'toRrd'] as const;

const [, , way, calls, agents] = process.argv;
if (way === undefined) {
  for (const [calls, agents] of SHAPES) {
    const results = inTurns(import.meta.filename, WAYS, { rounds: 3, args: [String(calls), String(agents)] });
    console.log(`\n${calls} calls and as many messages of ${agents} agents`);
    for (const { name, figures } of results) {
      const { firstMs = 0, ms = 0, cpuMs = 0, megabytes = 0 } = figures;
      console.log(
        `  ${name.padEnd(28)} first ${firstMs.toFixed(0).padStart(6)} ms, then ${ms.toFixed(0).padStart(6)} ms, CPU ${cpuMs.toFixed(0).padStart(6)} ms, ${megabytes.toFixed(1).padStart(6)} MB`,
      );
    }
  }
} else console.log(JSON.stringify(await measure(way, buildRun(Number(calls), Number(agents)))));

async function measure(way: string, tree: ReturnType<typeof buildRun>) {
  const work = await workOf(way, tree);
  const times: number[] = [];
  const cpu: number[] = [];
  let bytes = 0;
  for (let round = 0; round < 5; round++) {
    const [begin, before] = [performance.now(), process.cpuUsage()];
    bytes = await work();
    const { user, system } = process.cpuUsage(before);
    times.push(performance.now() - begin);
    cpu.push((user + system) / 1000);
  }
  return { firstMs: times[0] ?? 0, ms: median(times), cpuMs: median(cpu), megabytes: bytes / 1e6 };
}

async function workOf(
  way: string,
  tree: ReturnType<typeof buildRun>,
): Promise<() => Promise<number> | number> {
  switch (way) {
    case 'toRrd':
      return async () => (await toRrd(tree)).length;
    case 'JSON.stringify of the tree':
      return () => JSON.stringify(tree).length;
    default: {
      const tables = chunkPayloads(Buffer.from(await toRrd(tree))).map((payload) => tableFromIPC(payload));
      return () => {
        let bytes = 0;
        for (const { batches } of tables) {
          const writer = new RecordBatchStreamWriter();
          for (const batch of batches) writer.write(batch);
          writer.finish();
          bytes += writer.toUint8Array(true).length;
        }
        return bytes;
      };
    }
  }
}

/** The Arrow streams within a recording: each begins behind the mark of a continuation, the first in its message. */
function chunkPayloads(file: Buffer): Buffer[] {
  const payloads: Buffer[] = [];
  for (let at = 12; at < file.length; ) {
    const end = at + 16 + Number(file.readBigUInt64LE(at + 8));
    const message = file.subarray(at + 16, end);
    if (file.readBigUInt64LE(at) === 2n)
      payloads.push(message.subarray(message.indexOf(Buffer.alloc(4, 0xff))));
    at = end;
  }
  return payloads;
}
