import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordRun } from './recorded-run.ts';
import { startCommand } from './run-command.ts';

let dir = '';
const inDir = (name: string) => join(dir, name);
const run = (...args: string[]) => startCommand(args, dir).ended;
const windows = process.platform === 'win32';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-visualizer-test-'));
  await recordRun(inDir('logs'), 'run-1');
  await recordRun(inDir('logs'), 'long', 3_000);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('what cannot be written', () => {
  it.each([
    ['/nowhere/x.csv', /there is no folder \/nowhere/],
    ['folder', /it is a folder, give the name of a file in it/],
  ])('%s is one line and 1', async (output, message) => {
    mkdirSync(inDir('folder'), { recursive: true });
    const { code, stdout, stderr } = await run('csv', 'run-1', '-o', output);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it.runIf(existsSync('/dev/full'))(
    'a full disk is one line and 1, in a file and on standard output',
    async () => {
      expect(await run('csv', 'run-1', '-o', '/dev/full')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^pd-visualizer: cannot write \/dev\/full: there is no space left.*\n$/,
        ),
      });
      const full = openSync('/dev/full', 'w');
      const cli = join(import.meta.dirname, '../dist/cli.js');
      const { status, stderr } = spawnSync(process.execPath, [cli, 'csv', 'run-1'], {
        cwd: dir,
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      closeSync(full);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^pd-visualizer: cannot write standard output: there is no space left.*\n$/);
    },
  );

  it.each(['logs/run-1.json', 'logs/run-1.jsonl'])('%s is the log itself', async (output) => {
    const before = readFileSync(inDir(output), 'utf8');
    expect(await run('json', 'run-1', '-o', output)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is the log itself'),
    });
    expect(readFileSync(inDir(output), 'utf8')).toBe(before);
  });

  it.skipIf(windows)('a link to the log is the log itself', async () => {
    symlinkSync(inDir('logs/run-1.jsonl'), inDir('link'));
    expect((await run('json', 'run-1', '-o', 'link')).code).toBe(2);
  });
});

it('writes over what is there as a whole, and leaves nothing beside it', async () => {
  writeFileSync(inDir('calls.csv'), 'old');
  expect((await run('csv', 'run-1', '-o', 'calls.csv')).code).toBe(0);
  expect(readFileSync(inDir('calls.csv'), 'utf8')).toMatch(/^run_id/);
  expect(readdirSync(dir).filter((name) => name.includes('tmp'))).toEqual([]);
});

it('says nothing when its reader has enough', async () => {
  const { child, ended } = startCommand(['otlp', 'long'], dir);
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

it.skipIf(windows)('ends with 130 at Ctrl-C, and leaves no half file', async () => {
  const begun = new Promise<void>((resolve) => {
    const watcher = watch(dir, (_, name) => {
      if (!name?.endsWith('.tmp')) return;
      watcher.close();
      resolve();
    });
  });
  const { child, ended } = startCommand(['otlp', 'long', '-o', 'traces.jsonl'], dir);
  await begun;
  child.kill('SIGINT');
  const { code } = await ended;
  expect(code).toBe(130);
  expect(readdirSync(dir).filter((name) => name.includes('tmp') || name === 'traces.jsonl')).toEqual([]);
});
