import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import {
  createCallLog,
  fromRunShareEnv,
  InvalidRunShareError,
  type Run,
  readTree,
  shareRun,
  toRunShareEnv,
  withAgent,
} from '../src/index.ts';
import type { RunTree } from '../src/schema/tree.ts';
import { callEnd, callStart, readRecords, useTempDir } from './helpers.ts';

const dir = useTempDir();
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

async function runChild(run: Run, args: string[], parentCallId: string) {
  const env = { ...process.env, ...toRunShareEnv(shareRun(run, { parentCallId })) };
  const child = spawn(process.execPath, [fixture('join-by-environment.mjs'), ...args], {
    env,
    stdio: 'inherit',
  });
  return once(child, 'close');
}

const calls = (tree: RunTree) =>
  tree.agents.flatMap((agent) => agent.calls.map((call) => ({ agent: agent.id, ...call })));

describe('several processes, one run', () => {
  it('folds what children and grandchildren wrote into one tree, each under its agent and its cause', async () => {
    const log = createCallLog({ dir: dir() });
    const run = await log.run({ name: 'family' }, async (begun) => {
      await withAgent({ id: 'boss' }, async () => {
        log.logger(callStart('boss-1'));
        await Promise.all([
          runChild(begun, ['ann', '1', 'close'], 'boss-1'),
          runChild(begun, ['bob', '0', 'close'], 'boss-1'),
        ]);
        log.logger(callEnd('boss-1'));
      });
      return begun;
    });
    await log.close();

    const tree = await readTree(run.journalPath);
    const found = calls(tree).map(({ agent, id, status, parent_call_id, agent_source }) => [
      agent,
      id,
      status,
      parent_call_id,
      agent_source,
    ]);
    expect(found.sort()).toEqual(
      [
        ['boss', 'boss-1', 'ok', undefined, 'context'],
        ['boss', 'ann-inherited', 'ok', 'boss-1', 'context'],
        ['boss', 'bob-inherited', 'ok', 'boss-1', 'context'],
        ['ann', 'ann-own', 'ok', 'boss-1', 'explicit'],
        ['ann', 'ann.child-inherited', 'ok', 'ann-own', 'context'],
        ['ann.child', 'ann.child-own', 'ok', 'ann-own', 'explicit'],
        ['bob', 'bob-own', 'ok', 'boss-1', 'explicit'],
      ].sort(),
    );
    expect(tree.orphans).toEqual([]);
    expect(tree.run).toMatchObject({ status: 'completed', name: 'family', totals: { calls: 7 } });
    expect(tree.audit).toMatchObject({ dropped: 0, damaged_lines: 0 });

    // Nothing is written twice or interleaved: every file is one process's own unbroken sequence.
    const files = [run.journalPath, ...segmentFiles(run)];
    expect(files).toHaveLength(4);
    const lines = files.flatMap((path) => {
      const records = readRecords(path);
      expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i));
      expect(new Set(records.map(({ type, pid }) => (type === 'segment.start' ? pid : undefined))).size).toBe(
        2,
      );
      return records;
    });
    expect(tree.audit.events).toBe(lines.length);
    expect(lines.filter(({ type }) => type === 'run.start')).toHaveLength(1);
    expect(JSON.parse(readFileSync(run.treePath, 'utf8'))).toEqual(tree);
  });

  it('shows the calls of a killed child as interrupted, and the run as what its own process says', async () => {
    const log = createCallLog({ dir: dir(), tree: false });
    const run = await log.run({}, async (begun) => {
      log.logger(callStart('root-1', { agent: { id: 'root' } }));
      await runChild(begun, ['eve', '0', 'kill'], 'root-1');
      const during = await readTree(begun.journalPath);
      expect(during.run.status).toBe('running');
      expect(calls(during).map(({ id, status }) => [id, status])).toEqual([
        ['root-1', 'open'],
        ['eve-inherited', 'ok'],
        ['eve-own', 'interrupted'],
      ]);
      log.logger(callEnd('root-1'));
      return begun;
    });
    const tree = await readTree(run.journalPath);
    expect(tree.run).toMatchObject({ status: 'completed', totals: { calls: 3, errors: 1 } });
    // The child could not count its losses, so the sum is not known.
    expect(tree.audit).not.toHaveProperty('dropped');
  });

  it('takes worker threads in, by their data', async () => {
    const log = createCallLog({ dir: dir(), tree: false });
    const run = await log.run({}, async (begun) => {
      const workerData = withAgent({ id: 'poolside' }, () => shareRun(begun));
      await once(new Worker(fixture('join-by-worker-data.mjs'), { workerData }), 'exit');
      return begun;
    });
    const tree = await readTree(run.journalPath);
    expect(calls(tree)).toMatchObject([
      { agent: 'poolside', id: 'in-the-worker', status: 'ok', agent_source: 'context' },
    ]);
  });

  it('is read from its segments where the root is lost', async () => {
    const log = createCallLog({
      dir: dir(),
      tree: false,
      join: { run_id: 'orphaned', dir: dir(), agent: { id: 'a' } },
    });
    log.logger(callStart('c1'));
    log.logger(callEnd('c1'));
    await log.close();
    const tree = await readTree(join(dir(), 'orphaned'));
    expect(tree.run).toMatchObject({ id: 'orphaned', status: 'running', totals: { calls: 1 } });
  });

  it('writes no segment when it has nothing to say', async () => {
    await createCallLog({ join: { run_id: 'silent', dir: dir() } }).close();
    expect(readdirSync(dir())).toEqual([]);
  });
});

describe('a share', () => {
  it('survives the environment and is absent where there is none', () => {
    const share = withAgent({ id: 'a', name: 'Ä "quoted"' }, () =>
      shareRun({ id: 'r', dir: dir() }, { parentCallId: 'c' }),
    );
    expect(share).toEqual({
      run_id: 'r',
      dir: dir(),
      agent: { id: 'a', name: 'Ä "quoted"' },
      parent_call_id: 'c',
    });
    expect(fromRunShareEnv(toRunShareEnv(share))).toEqual(share);
    expect(fromRunShareEnv({})).toBeUndefined();
    expect(fromRunShareEnv({ PD_RUN_SHARE: '' })).toBeUndefined();
  });

  it.each(['{', '7', 'null', '{"run_id":"r"}', '{"run_id":1,"dir":"d"}'])(
    'is refused when it is %s',
    (text) => {
      expect(() => fromRunShareEnv({ PD_RUN_SHARE: text })).toThrow(InvalidRunShareError);
    },
  );

  it('cannot lead out of its folder', () => {
    expect(() => createCallLog({ join: { run_id: '../elsewhere', dir: dir() } })).toThrow(
      /cannot name a file/,
    );
  });
});

function segmentFiles({ journalPath }: Run): string[] {
  const folder = journalPath.replace(/\.jsonl$/, '');
  return readdirSync(folder).map((name) => join(folder, name));
}
