import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import type { RunTree } from '@pd/call-log/schema';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../src/random.ts';

// PD_SEED=<number> repeats a run, PD_SOAK=<number> sets how many deaths there are.
const SEED = Number(process.env.PD_SEED ?? Math.floor(Math.random() * 2 ** 32));
const DEATHS = Number(process.env.PD_SOAK ?? 8);
const PROGRAM = join(import.meta.dirname, 'fixtures/run-expedition.ts');

let server: OfflineServer;
let dir = '';
beforeAll(async () => {
  server = await startOfflineServer();
});
afterAll(() => server.close());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-resume-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Runs the program to its end or its death. */
function run(...args: (string | number)[]): Promise<{ stdout: string; killed: boolean; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [PROGRAM, ...args.map(String)],
      { cwd: join(import.meta.dirname, '..') },
      (_, stdout, stderr) => resolve({ stdout, stderr, killed: child.signalCode === 'SIGKILL' }),
    );
  });
}

const treeOf = (runId: string) => readTree(join(dir, `${runId}.jsonl`));
const callsOf = (tree: RunTree) => tree.agents.flatMap(({ calls }) => calls);

/** Without what depends on the time and on real randomness, which the scenario has taken as steps. */
function comparable(tree: RunTree) {
  const text = JSON.stringify(canonicalTree(tree));
  return JSON.parse(text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z (rain|sun)/g, 'THEN WEATHER'));
}

/** Each death takes two or three processes. */
const MOST_MS = 30_000 + DEATHS * 6_000;

describe('resumeScenario after SIGKILL', { timeout: MOST_MS }, () => {
  it(`ends in the same tree as an uninterrupted run, and pays for no finished call twice (PD_SEED=${SEED})`, async () => {
    const whole = await run('run', dir, 'whole', server.url);
    expect(whole.stderr).toBe('');
    const { events, reason } = JSON.parse(whole.stdout);
    expect(reason).toBe('max_turns');
    const original = comparable(await treeOf('whole'));
    expect(callsOf(await treeOf('whole')).flatMap(({ tool_calls }) => tool_calls).length).toBeGreaterThan(2);

    const random = createRandom(SEED);
    const points = Array.from({ length: DEATHS }, (_, i) => ({
      runId: `run-${i}`,
      // One in each part of the run.
      killAfter: 1 + Math.floor(((i + random()) / DEATHS) * events),
      delayMs: random() < 0.5 ? 0 : 1 + Math.floor(random() * 4),
      again: random() < 0.3 ? 1 + Math.floor(random() * events) : 0,
    }));
    const counted = { deaths: 0, inFlight: 0, attempts: 0, requests: 0 };
    const requestsBefore = server.totals.requests;
    await inLanes(2, points, async ({ runId, killAfter, delayMs, again }) => {
      const about = `PD_SEED=${SEED}, ${runId}, event ${killAfter} + ${delayMs} ms`;
      const first = await run('run', dir, runId, server.url, killAfter, delayMs);
      if (first.killed) counted.deaths++;
      // Killed before anything of the run is on disk: there is nothing to resume.
      if (!existsSync(join(dir, `${runId}.jsonl`))) return;
      if (again > 0 && (await run('resume', dir, runId, server.url, again)).killed) counted.deaths++;
      const before = await treeOf(runId);

      const { stdout, stderr } = await run('resume', dir, runId, server.url);
      expect([about, stderr]).toEqual([about, '']);
      expect(JSON.parse(stdout)).toMatchObject({ reason: 'max_turns', runId });
      const tree = await treeOf(runId);
      expect(comparable(tree)).toEqual(original);
      // What was finished was not sent again: of each call one attempt has an answer, and it is the recorded one.
      for (const call of callsOf(before).filter(({ status }) => status === 'ok'))
        expect(callsOf(tree).find(({ id }) => id === call.id)?.attempts).toEqual(call.attempts);
      const attempts = callsOf(tree).flatMap((call) => call.attempts);
      counted.attempts += attempts.length;
      // A call that was cut off twice has two of them.
      counted.inFlight += attempts.filter(({ status }) => status === 'interrupted').length;
      // Every message has ended, once.
      expect(tree.messages.filter(({ status }) => status === 'delivered')).toEqual([]);
      expect(tree.orphans).toEqual([]);
      // What depends on the time and on chance is what it was when it was recorded.
      const [now, weather] = ['now', 'weather'].map(
        (name) => tree.steps?.find((step) => step.name === name)?.value,
      );
      expect(tree.messages.map(({ content }) => content)).toContain(`${now} ${weather}`);
      expect(tree.steps).toHaveLength(2);
    });
    // The server got no request that is not on record; an attempt that was cut off may not have got there.
    counted.requests = server.totals.requests - requestsBefore;
    expect(counted.requests).toBeLessThanOrEqual(counted.attempts);
    expect(counted.attempts - counted.requests).toBeLessThanOrEqual(counted.inFlight);
    if (process.env.PD_SOAK !== undefined)
      process.stdout.write(`PD_SEED=${SEED} ${JSON.stringify(counted)}\n`);
    expect(counted.deaths).toBeGreaterThan(DEATHS * 0.6);
  });
});

/** Does something with each, so many at a time. */
async function inLanes<T>(
  lanes: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
