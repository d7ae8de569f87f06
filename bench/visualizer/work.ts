// What does it cost to make something of a run, beside what cannot be done without: reading its JSON, writing it, compressing it?
// Each way runs three times in its process; the first time is what a command pays, the median what a server does.
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflate } from 'node:zlib';
import type { RunTree } from '@pd/call-log/schema';
import {
  analyse,
  diffRuns,
  htmlChunks,
  layoutGraph,
  streamHtml,
  toCsv,
  toDot,
  toGraph,
  toMarkdown,
} from '@pd/visualizer';
import { inTurns } from '../measure/in-turns.ts';
import { median } from '../measure/median.ts';
import { buildRun } from './build-run.ts';

const SHAPES = [
  [10_000, 20],
  [100_000, 20],
] as const;
const ROUNDS = Number(process.env.PD_ROUNDS ?? 3);
const REPEATS = 3;

/** What is done to a run; gives the bytes that come of it, if any do. */
const ways: Record<string, (tree: RunTree) => () => Promise<number> | number> = {
  'JSON.parse of the tree': (tree) => {
    const json = JSON.stringify(tree);
    return () => JSON.parse(json).agents.length * 0;
  },
  'toGraph and layoutGraph': (tree) => () => layoutGraph(toGraph(tree)).nodes.length * 0,
  analyse: (tree) => () => analyse(tree).path.steps * 0,
  'diffRuns, one call in 100 differs': (tree) => {
    const other = withOtherReplies(structuredClone(tree));
    return () => diffRuns(tree, other).calls.same * 0;
  },
  toCsv: (tree) => () => toCsv(tree).length,
  toMarkdown: (tree) => () => toMarkdown(tree).length,
  toDot: (tree) => () => toDot(toGraph(tree)).length,
  'JSON.stringify and deflate, to a file': (tree) => () =>
    toFile(Readable.from([JSON.stringify(tree)]), createDeflate()),
  'the page, to a file': (tree) => () => toFile(Readable.from(streamHtml(tree))),
  'the page, in memory': (tree) => () => {
    let length = 0;
    for (const piece of htmlChunks(tree)) length += piece.length;
    return length;
  },
};

const [, , way, calls, agents] = process.argv;
if (way === undefined) {
  for (const [calls, agents] of SHAPES) {
    const results = inTurns(import.meta.filename, Object.keys(ways), {
      rounds: ROUNDS,
      args: [String(calls), String(agents)],
      flags: ['--max-old-space-size=6000'],
    });
    console.log(`\n${calls} calls and as many messages of ${agents} agents`);
    for (const { name, figures } of results) {
      const { firstMs = 0, ms = 0, cpuMs = 0, megabytes = 0 } = figures;
      const size = megabytes > 0 ? `, ${megabytes.toFixed(1)} MB` : '';
      console.log(
        `  ${name.padEnd(38)} first ${firstMs.toFixed(0).padStart(6)} ms, then ${ms.toFixed(0).padStart(6)} ms, CPU ${cpuMs.toFixed(0).padStart(6)} ms${size}`,
      );
    }
  }
} else {
  const work = ways[way]?.(buildRun(Number(calls), Number(agents)));
  if (work === undefined) throw new Error(`no such way: ${way}`);
  console.log(JSON.stringify(await measure(work)));
}

async function measure(work: () => Promise<number> | number) {
  const [times, cpu]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let round = 0; round < REPEATS; round++) {
    const [begin, before] = [performance.now(), process.cpuUsage()];
    bytes = await work();
    const { user, system } = process.cpuUsage(before);
    times.push(performance.now() - begin);
    cpu.push((user + system) / 1000);
  }
  return { firstMs: times[0] ?? 0, ms: median(times), cpuMs: median(cpu), megabytes: bytes / 1e6 };
}

async function toFile(content: Readable, ...through: NodeJS.ReadWriteStream[]): Promise<number> {
  const path = join(tmpdir(), `pd-bench-${process.pid}`);
  const file = createWriteStream(path);
  await pipeline([content, ...through, file]);
  if (!file.closed) await once(file, 'close');
  rmSync(path);
  return file.bytesWritten;
}

function withOtherReplies(tree: RunTree): RunTree {
  let count = 0;
  for (const { calls } of tree.agents)
    for (const { post } of calls)
      if (++count % 100 === 0 && post?.message !== undefined) post.message.content = `Otherwise, ${count}.`;
  return tree;
}
