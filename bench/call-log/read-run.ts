/**
 * What does it cost to read a run of 100,000 calls (four records and about 3 KB each)? Every way runs in a process of its
 * own, in turns; medians are shown beside the floor, one `JSON.parse` a line. Memory is what the process has at its
 * peak beyond a process that only parses.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createCallLog } from '@pd/call-log';
import { findRun, readTree, recoverTree, summariseRun, verifyRun } from '@pd/call-log/reader';

const CALLS = 100_000;
const ROUNDS = 3;

const ways: Record<string, (dir: string) => Promise<unknown>> = {
  'floor: JSON.parse of each line': async (dir) => {
    for await (const line of createInterface({ input: createReadStream(join(dir, 'run.jsonl')) }))
      JSON.parse(line);
  },
  'summariseRun (call-log ls)': async (dir) => summariseRun(await findRun('run', dir)),
  'verifyRun (call-log verify)': async (dir) => verifyRun(await findRun('run', dir)),
  'recoverTree (tree by way of a file)': async (dir) => recoverTree(await findRun('run', dir)),
  'readTree (tree in memory)': (dir) => readTree(join(dir, 'run.jsonl')),
};

async function writeRun(dir: string): Promise<void> {
  const log = createCallLog({ dir, tree: false, defaultRun: { id: 'run' } });
  for (let i = 0; i < CALLS; i++) {
    const text = `${i} ${'lorem ipsum dolor sit amet '.repeat(38)}`;
    const call_id = `call_${i}`;
    log.logger({
      type: 'call.start',
      call_id,
      agent: { id: `agent-${i % 10}` },
      operation: 'chat',
      provider: 'p',
      model: 'm',
      messages: [{ role: 'user', content: `ask ${text}` }],
      parameters: { temperature: 0.5 },
    });
    log.logger({ type: 'attempt.start', call_id, number: 1, provider: 'p', model: 'm' });
    log.logger({ type: 'attempt.end', call_id, number: 1, status: 'ok', http_status: 200, duration_ms: 12 });
    log.logger({
      type: 'call.end',
      call_id,
      status: 'ok',
      reply: { message: { role: 'assistant', content: text }, finish_reason: 'stop' },
      usage: { input_tokens: 250, output_tokens: 250, source: 'provider' },
      duration_ms: 12,
    });
  }
  await log.close();
}

interface Measured {
  cpuMs: number;
  peakMb: number;
}

async function measure(name: string, dir: string): Promise<Measured> {
  const before = process.cpuUsage();
  await ways[name]?.(dir);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const [, , name, given] = process.argv;
if (name !== undefined && given !== undefined) {
  console.log(JSON.stringify(await measure(name, given)));
} else {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-read-'));
  try {
    process.stderr.write(`writing a run of ${CALLS} calls\n`);
    await writeRun(dir);
    const { size } = statSync(join(dir, 'run.jsonl'));
    const results = new Map(Object.keys(ways).map((way) => [way, [] as Measured[]]));
    for (let round = 1; round <= ROUNDS; round++) {
      process.stderr.write(`round ${round} of ${ROUNDS}\n`);
      for (const [way, measured] of results) {
        const output = execFileSync(process.execPath, [import.meta.filename, way, dir], { encoding: 'utf8' });
        measured.push(JSON.parse(output));
      }
    }
    const rows = [...results].map(([way, measured]) => ({
      way,
      cpuMs: median(measured.map(({ cpuMs }) => cpuMs)),
      peakMb: median(measured.map(({ peakMb }) => peakMb)),
    }));
    const floor = rows[0];
    console.log(`${(size / 1e6).toFixed(0)} MB of journal, ${CALLS} calls`);
    for (const { way, cpuMs, peakMb } of rows)
      console.log(
        [
          way.padEnd(38),
          `${(cpuMs / 1000).toFixed(2).padStart(6)} s CPU`,
          `${(cpuMs / (floor?.cpuMs ?? 1)).toFixed(1).padStart(5)} × the floor`,
          `${(size / 1000 / cpuMs).toFixed(0).padStart(5)} MB/s`,
          `${(peakMb - (floor?.peakMb ?? 0)).toFixed(0).padStart(6)} MB more at its peak`,
        ].join('   '),
      );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
