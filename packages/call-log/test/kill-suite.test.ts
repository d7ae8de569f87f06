import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTree } from '../src/reader/read-tree.ts';
import type { JsonObject } from '../src/schema/json.ts';
import type { LogEvent } from '../src/schema/logger-events.ts';
import { type RunTree, runTreeSchema } from '../src/schema/tree.ts';
import { callsById, expandRequest } from '../src/tree/expand-request.ts';
import { createRandom, killScript } from './fixtures/kill-script.cjs';

// PD_SEED=<number> repeats a run, PD_KILL_POINTS=<number>,… only those of its points, PD_SOAK=<number> sets how
// many there are of each kind. What a process does itself repeats exactly; a signal comes when the kernel sends it.
const SEED = Number(process.env.PD_SEED ?? Math.floor(Math.random() * 2 ** 32));
const ONLY = process.env.PD_KILL_POINTS?.split(',').map(Number);
const SOAK = process.env.PD_SOAK === undefined ? undefined : Number(process.env.PD_SOAK);
const POINTS = SOAK ?? 60;
/** A process needs longer to run out of memory. */
const POINTS_OF_MEMORY = SOAK ?? 10;

/** Events of a child's life, of which one is chosen to die at. */
const LIFE = 50;
const SCRIPTS = 8;
const CHILD = fileURLToPath(new URL('fixtures/kill-child.cjs', import.meta.url));
const windows = process.platform === 'win32';

type Signal = 'SIGKILL' | 'SIGTERM' | 'SIGINT';

/** One child, what it plays and where it dies. */
interface Trial {
  dir: string;
  seed: number;
  script: number;
  how: string;
  /** The event at which it dies; 0 is before the log is made. */
  after: number;
  moment: 'before' | 'within' | 'unacknowledged' | 'after';
  tree: 'worker' | 'inline' | false;
}

const counted = { deaths: 0, acknowledged: 0, recorded: 0, unacknowledged: 0, torn: 0, snapshots: 0 };
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pd-kill-suite-'));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  if (SOAK !== undefined) process.stdout.write(`PD_SEED=${SEED} ${JSON.stringify(counted)}\n`);
});

function trialOf(how: string, point: number): Trial {
  const seed =
    [...`${SEED} ${how} ${point}`].reduce((sum, c) => Math.imul(sum, 31) + c.charCodeAt(0), 7) >>> 0;
  const random = createRandom(seed);
  const moments = ['before', 'within', 'unacknowledged', 'after'] as const;
  return {
    dir: join(root, `${how.replace(/\W/g, '-')}-${point}`),
    seed,
    script: (SEED + Math.floor(random() * SCRIPTS)) >>> 0,
    how,
    after: Math.floor(random() * (LIFE + 1)),
    moment: moments[Math.floor(random() * moments.length)] ?? 'after',
    // Most without a tree, because that is the quickest child; the journal does not know the difference.
    tree: point % 40 === 3 ? 'worker' : point % 40 === 23 ? 'inline' : false,
  };
}

/** The beginnings of the scripts, as far as any child got. */
const played = new Map<number, { script: ReturnType<typeof killScript>; events: LogEvent[] }>();
function scriptEvents(seed: number, length: number): LogEvent[] {
  const known = played.get(seed) ?? { script: killScript(seed), events: [] };
  played.set(seed, known);
  while (known.events.length < length) known.events.push(known.script.next().value);
  return known.events.slice(0, length);
}

function run(trial: Trial): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  mkdirSync(trial.dir, { recursive: true });
  const flags = trial.how === 'running out of memory' ? ['--max-old-space-size=24'] : [];
  const child = spawn(process.execPath, [...flags, CHILD, JSON.stringify(trial)], {
    cwd: trial.dir,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  child.stdio[3]?.once('data', () => child.kill(trial.how as Signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** What the record of an event says, beside its place. */
function asRecorded(event: LogEvent): object {
  if (event.type !== 'call.start') return event;
  const { agent, messages: _, ...rest } = event;
  return { ...rest, agent_id: agent?.id, agent_source: 'explicit' };
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Everything that must be true of what a dead child has left. */
async function expectNothingLost({ dir, script }: Trial): Promise<void> {
  const path = (name: string) => join(dir, name);
  if (existsSync(path('trouble'))) throw new Error(`the log reported: ${read(path('trouble'))}`);
  const counter = existsSync(path('acknowledged')) ? readFileSync(path('acknowledged')) : Buffer.alloc(0);
  const acknowledged = counter.length === 0 ? 0 : counter.readUInt32LE();
  counted.deaths++;
  counted.acknowledged += acknowledged;
  if (!existsSync(path('run.jsonl'))) {
    must(acknowledged === 0, `${acknowledged} events acknowledged and no journal`);
    return;
  }

  const lines = read(path('run.jsonl')).split('\n');
  const torn = lines.pop() ?? '';
  const records = lines.map((line) => JSON.parse(line) as JsonObject);
  records.forEach(({ seq }, i) => {
    must(seq === i, `record ${i} has seq ${seq}`);
  });
  const told = records.filter(
    ({ type }) => !['segment.start', 'run.start', 'agent.start'].includes(`${type}`),
  );
  // One more than acknowledged: written, and dead before it could say so.
  const surplus = told.length - acknowledged;
  must(surplus === 0 || surplus === 1, `${acknowledged} events acknowledged, ${told.length} in the journal`);
  counted.recorded += told.length;
  counted.unacknowledged += surplus;
  if (torn !== '') counted.torn++;

  const events = scriptEvents(script, told.length);
  for (const [i, event] of events.entries()) {
    const { seq: _, history: _h, messages: _m, ...record } = told[i] ?? {};
    must(
      isDeepStrictEqual(record, asRecorded(event)),
      `event ${i} (${event.type}) differs from what was logged`,
    );
  }
  if (records.length === 0) return;

  const tree = await readTree(path('run'));
  must(runTreeSchema.safeParse(tree).success, 'the tree does not fit its schema');
  must(tree.run.status === 'interrupted', `the run reads as ${tree.run.status}`);
  must(tree.orphans.length === 0, `${tree.orphans.length} orphans`);
  must(tree.audit.damaged_lines === (torn === '' ? 0 : 1), `${tree.audit.damaged_lines} damaged lines`);
  expectCalls(tree, events);
  if (existsSync(path('run.json'))) expectSnapshot(JSON.parse(read(path('run.json'))), tree);
}

/** Every call with its request as it was sent and the ending it had. */
function expectCalls(tree: RunTree, events: readonly LogEvent[]): void {
  const calls = callsById(tree);
  const endings = new Map<string, string>();
  let started = 0;
  for (const event of events) if (event.type === 'call.end') endings.set(event.call_id, event.status);
  for (const event of events) {
    if (event.type !== 'call.start') continue;
    started++;
    const call = calls.get(event.call_id);
    must(call !== undefined, `call ${event.call_id} is not in the tree`);
    const status = endings.get(event.call_id) ?? 'interrupted';
    must(call.status === status, `call ${event.call_id} reads as ${call.status}, not ${status}`);
    must(call.pre.exact === undefined, `the request of ${event.call_id} is not exact`);
    const request = expandRequest(call, calls);
    must(isDeepStrictEqual(request, event.messages), `the request of ${event.call_id} differs`);
  }
  must(started === calls.size, `${started} calls begun, ${calls.size} in the tree`);
}

/** Whole, and no further than the journal: readers fold that and not this. */
function expectSnapshot(snapshot: RunTree, tree: RunTree): void {
  counted.snapshots++;
  must(runTreeSchema.safeParse(snapshot).success, 'the snapshot does not fit its schema');
  must(snapshot.run.status === 'running', `the snapshot says ${snapshot.run.status}`);
  must(snapshot.audit.events <= tree.audit.events, 'the snapshot is ahead of the journal');
  must(snapshot.audit.damaged_lines === 0, 'the snapshot has damaged lines');
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** As many children at once as there are processors. */
async function dieAtRandomPoints(
  how: string,
  points: number,
  isRight: (ended: Awaited<ReturnType<typeof run>>) => boolean,
): Promise<void> {
  const queue = ONLY?.slice() ?? Array.from({ length: points }, (_, point) => point);
  const failures: string[] = [];
  const next = async (): Promise<void> => {
    for (let point = queue.shift(); point !== undefined && failures.length < 3; point = queue.shift()) {
      const trial = trialOf(how, point);
      const ended = await run(trial);
      try {
        must(isRight(ended), `it ended by itself, with ${JSON.stringify(ended)}`);
        await expectNothingLost(trial);
        rmSync(trial.dir, { recursive: true, force: true });
      } catch (error) {
        failures.push(`PD_SEED=${SEED} PD_KILL_POINTS=${point}: ${JSON.stringify(trial)}\n${error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, next));
  expect(failures).toEqual([]);
}

const timeout = { timeout: Math.max(120_000, POINTS * 2_000) };
const aborted = ({ code, signal }: Awaited<ReturnType<typeof run>>) =>
  ['SIGABRT', 'SIGTRAP'].includes(`${signal}`) ||
  code === 128 + constants.signals.SIGABRT ||
  (windows && code !== 0);

describe(`no acknowledged event is lost by ${POINTS} processes that end by`, timeout, () => {
  describe.skipIf(windows)('(needs signals)', () => {
    it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('%s', async (how) => {
      await dieAtRandomPoints(how, POINTS, ({ signal }) => signal === how);
    });
  });

  it.each([
    ['process.exit()', 3],
    ['an uncaught exception', 1],
    ['an unhandled rejection', 1],
  ])('%s', async (how, status) => {
    await dieAtRandomPoints(how, POINTS, ({ code }) => code === status);
  });

  it('process.abort()', async () => {
    await dieAtRandomPoints('process.abort()', POINTS, aborted);
  });
});

it(
  `no acknowledged event is lost by ${POINTS_OF_MEMORY} processes that end by running out of memory`,
  timeout,
  async () => {
    await dieAtRandomPoints('running out of memory', POINTS_OF_MEMORY, aborted);
  },
);
