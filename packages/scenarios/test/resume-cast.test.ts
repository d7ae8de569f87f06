import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import type { RunTree } from '@pd/call-log/schema';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../src/random.ts';
import { cast } from './fixtures/cast.ts';
import { faultsOf } from './patterns-support.ts';

// PD_SEED=<number> repeats the points, PD_SOAK=<number> sets how often the whole cast dies, PD_PATTERN=<name> takes one of it.
const SEED = Number(process.env.PD_SEED ?? Math.floor(Math.random() * 2 ** 32));
const ROUNDS = Number(process.env.PD_SOAK ?? 3);
const NAMES = Object.keys(cast).filter((name) => [undefined, name].includes(process.env.PD_PATTERN));
const PROGRAM = join(import.meta.dirname, 'fixtures/run-cast.ts');

/** A run of one of the cast, with a server that nobody else asks. */
interface Part {
  name: string;
  runId: string;
  url: string;
  server: OfflineServer;
}

let dir = '';
const servers: OfflineServer[] = [];
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-cast-'));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(dir, { recursive: true, force: true });
});

function partsOf(round: string): Promise<Part[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      const server = await startOfflineServer({ seed: 10 });
      servers.push(server);
      return { name, runId: `${name}-${round}`, url: server.url, server };
    }),
  );
}

/** Plays parts side by side in a process of their own, to its end or its death. */
function run(how: 'run' | 'resume', parts: readonly Part[], killAfter = 0, delayMs = 0) {
  const given = JSON.stringify(parts.map(({ name, runId, url }) => ({ name, runId, url })));
  const args = [PROGRAM, how, dir, given, String(killAfter), String(delayMs)];
  return new Promise<{ stdout: string; killed: boolean; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd: join(import.meta.dirname, '..') },
      (_, stdout, stderr) => resolve({ stdout, stderr, killed: child.signalCode === 'SIGKILL' }),
    );
  });
}

const journalOf = ({ runId }: Part) => join(dir, `${runId}.jsonl`);
const callsOf = (tree: RunTree) => tree.agents.flatMap(({ calls }) => calls);
const isCutOff = (tree: RunTree) => tree.run.status !== 'completed';

/** Who was first depends on time: of that pattern only what came after is the same, in a run that took the same one. */
function expectSame(part: Part, tree: RunTree, whole: RunTree) {
  if (part.name !== 'parallel_first') {
    expect(canonicalTree(tree)).toEqual(canonicalTree(whole));
    return;
  }
  const first = tree.steps?.[0]?.value;
  expect(tree.steps).toHaveLength(1);
  const winner = first === 0 ? 'a' : 'c';
  expect(tree.messages.filter(({ to }) => to === 'after').map(({ from }) => from)).toEqual(
    expect.not.arrayContaining([winner === 'a' ? 'c' : 'a']),
  );
}

it(`every pattern ends, however often it was killed, in the tree of an uninterrupted run (PD_SEED=${SEED})`, {
  timeout: 120_000 + ROUNDS * 30_000,
}, async () => {
  const wholeParts = await partsOf('whole');
  const { stdout, stderr } = await run('run', wholeParts);
  expect(stderr).toBe('');
  const { events } = JSON.parse(stdout);
  const wholes = await Promise.all(wholeParts.map((part) => readTree(journalOf(part))));
  for (const [i, whole] of wholes.entries()) {
    expect([wholeParts[i]?.name, whole.run.status]).toEqual([wholeParts[i]?.name, 'completed']);
    expect(callsOf(whole).length).toBeGreaterThan(2);
  }
  const random = createRandom(SEED);
  const counted = { processes: 0, deaths: 0, again: 0, finished: 0, inFlight: 0, attempts: 0, requests: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    // One in each part of a run, so that a few rounds are early, in the middle and late.
    const point = 1 + Math.floor(((round + random()) / ROUNDS) * events);
    const delayMs = random() < 0.5 ? 0 : 1 + Math.floor(random() * 4);
    const about = `PD_SEED=${SEED}, round ${round}, event ${point} + ${delayMs} ms`;
    const parts = await partsOf(String(round));
    if ((await run('run', parts, point, delayMs)).killed) counted.processes++;
    // What was killed before anything of it is on disk cannot be resumed.
    const begun = parts.filter((part) => existsSync(journalOf(part)));
    const trees = await Promise.all(begun.map((part) => readTree(journalOf(part))));
    let cutOff = begun.filter((_, i) => isCutOff(trees[i] as RunTree));
    counted.deaths += cutOff.length;
    while (cutOff.length > 0 && random() < 0.4) {
      const { killed } = await run('resume', cutOff, 1 + Math.floor((random() * events) / 2));
      if (!killed) break;
      counted.processes++;
      const after = await Promise.all(cutOff.map((part) => readTree(journalOf(part))));
      cutOff = cutOff.filter((_, i) => isCutOff(after[i] as RunTree));
      counted.again += cutOff.length;
    }
    const before = await Promise.all(begun.map((part) => readTree(journalOf(part))));
    const resumed = await run('resume', cutOff);
    expect([about, resumed.stderr]).toEqual([about, '']);
    for (const [i, part] of begun.entries()) {
      const tree = await readTree(journalOf(part));
      expect([about, part.name, tree.run.status, faultsOf(tree), tree.orphans]).toEqual([
        about,
        part.name,
        'completed',
        [],
        [],
      ]);
      expectSame(part, tree, wholes[wholeParts.findIndex(({ name }) => name === part.name)] as RunTree);
      for (const call of callsOf(before[i] as RunTree)) {
        if (call.status === 'interrupted') counted.inFlight++;
        if (call.status !== 'ok') continue;
        counted.finished++;
        // What was finished was not sent again.
        expect(callsOf(tree).find(({ id }) => id === call.id)?.attempts).toEqual(call.attempts);
      }
      const attempts = callsOf(tree).flatMap((call) => call.attempts);
      const { requests } = part.server.totals;
      // The server got no request that is not on record; one that was cut off may not have got there.
      const lost = attempts.filter(({ status }) => status !== 'ok').length;
      expect([about, part.name, requests <= attempts.length, attempts.length - requests <= lost]).toEqual([
        about,
        part.name,
        true,
        true,
      ]);
      counted.attempts += attempts.length;
      counted.requests += requests;
    }
    await Promise.all(parts.map(({ server }) => server.close()));
  }
  if (process.env.PD_SOAK !== undefined) process.stdout.write(`PD_SEED=${SEED} ${JSON.stringify(counted)}\n`);
  if (process.env.PD_PATTERN === undefined) expect(counted.deaths).toBeGreaterThan(ROUNDS * 2);
});
