import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import type { Diagnostic } from '../src/diagnostics.ts';
import { readTree } from '../src/reader/read-tree.ts';
import { type RunTree, runTreeSchema } from '../src/schema/tree.ts';
import { callEnd, callStart, useTempDir } from './helpers.ts';

const tempDir = useTempDir();
const inDir = (name: string) => join(tempDir(), name);
const snapshot = (name: string): RunTree => JSON.parse(readFileSync(inDir(name), 'utf8'));

describe('the worker', () => {
  it('never shows half a tree, and the last one equals readTree()', async () => {
    const log = createCallLog({ dir: tempDir(), defaultRun: { id: 'run' } });
    const versions = new Set<bigint>();
    const version = () => statSync(inDir('run.json'), { bigint: true }).mtimeNs;
    // Until it has written several trees under our eyes.
    for (let i = 0; versions.size < 4; i++) {
      log.logger(callStart(`c${i}`));
      log.logger(callEnd(`c${i}`));
      await immediate();
      if (!existsSync(inDir('run.json')) || versions.has(version())) continue;
      const tree = snapshot('run.json');
      expect(runTreeSchema.safeParse(tree).error).toBeUndefined();
      expect(tree.run.status).toBe('running');
      versions.add(version());
    }
    await log.close();
    expect(snapshot('run.json')).toEqual(await readTree(inDir('run.jsonl')));
    expect(snapshot('run.json').run.status).toBe('completed');
    expect(readdirSync(tempDir()).toSorted()).toEqual(['run.json', 'run.jsonl']);
  });

  it('keeps the trees of several runs, and one that goes on after close() is up to date so far', async () => {
    const log = createCallLog({ dir: tempDir() });
    await Promise.all(['a', 'b'].map((id) => log.run({ id }, () => log.logger(callStart(`call-${id}`)))));
    const { promise, resolve } = Promise.withResolvers<void>();
    const running = log.run({ id: 'c' }, async () => {
      for (let i = 0; i < 50; i++) log.logger(callStart(`call-${i}`));
      await promise;
    });
    await log.close();
    for (const id of ['a', 'b']) expect(snapshot(`${id}.json`)).toEqual(await readTree(inDir(`${id}.jsonl`)));
    expect(snapshot('c.json')).toMatchObject({ run: { status: 'running', totals: { calls: 50 } } });
    resolve();
    await running;
  });

  it('writes the tree again when a call ends after its run', async () => {
    const log = createCallLog({ dir: tempDir() });
    await log.run({ id: 'run' }, () => log.logger(callStart('late')));
    log.logger(callEnd('late'));
    await log.close();
    expect(snapshot('run.json').agents[0]?.calls).toMatchObject([{ id: 'late', status: 'ok' }]);
  });
});

describe('without a worker', () => {
  it('inline: the tree is there as soon as the run has ended', async () => {
    const log = createCallLog({ dir: tempDir(), tree: 'inline' });
    const { treePath } = await log.run({ id: 'run' }, (run) => {
      log.logger(callStart('c'));
      return run;
    });
    expect(treePath).toBe(inDir('run.json'));
    expect(snapshot('run.json')).toEqual(await readTree(inDir('run.jsonl')));
    await log.close();
  });

  it('inline: a tree that cannot be written is told once, and the journal goes on', async () => {
    mkdirSync(join(inDir('run.json'), 'in-the-way'), { recursive: true });
    const told: Diagnostic[] = [];
    const log = createCallLog({
      dir: tempDir(),
      tree: 'inline',
      defaultRun: { id: 'run' },
      onDiagnostic: (d) => told.push(d),
    });
    for (let i = 0; i < 30; i++) log.logger(callStart(`c${i}`));
    await log.close();
    expect(told.map(({ kind }) => kind)).toEqual(['tree_failed']);
    expect((await readTree(inDir('run.jsonl'))).run.totals.calls).toBe(30);
    expect(readdirSync(tempDir()).toSorted()).toEqual(['run.json', 'run.jsonl']);
  });

  it('false: there is no tree, and readers build it', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'run' } });
    log.logger(callStart('c'));
    await log.close();
    expect(readdirSync(tempDir())).toEqual(['run.jsonl']);
    expect((await readTree(inDir('run.json'))).run.totals.calls).toBe(1);
  });
});
