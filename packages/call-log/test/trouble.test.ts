import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expandBlobs } from '../src/blob/expand-blobs.ts';
import { findRun } from '../src/reader/find-runs.ts';
import { readTree } from '../src/reader/read-tree.ts';
import { verifyRun } from '../src/reader/verify-run.ts';
import { runProgram } from './run-program.ts';

const windows = process.platform === 'win32';

/** Of util-linux. */
const PRLIMIT = 'prlimit';
const UNSHARE = 'unshare';

let dir: string;
beforeEach(() => {
  // One that a program without rights can reach, too.
  dir = join(mkdtempSync(join(tmpdir(), 'pd-trouble-')), 'logs');
  chmodSync(join(dir, '..'), 0o755);
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

/** Runs the program into the trouble; what it recorded afterwards must be there, and the rest told of and counted. */
async function record(
  kind: string,
  { through = [], args = [], at = dir }: { through?: string[]; args?: string[]; at?: string } = {},
) {
  const ended = await runProgram('trouble.mjs', [kind, dir, ...args], { through });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { id, told, picture } = JSON.parse(ended.stdout) as { id: string; told: string[]; picture: string };
  const tree = await readTree(join(at, id));
  const calls = tree.agents.flatMap((agent) => agent.calls);
  const after = calls.find((call) => call.id === 'after');
  expect(after?.status).toBe('ok');
  expect(JSON.stringify(await expandBlobs(after?.pre.messages, join(at, id)))).toContain(picture);
  expect(readdirSync(join(at, id, 'blobs')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(tree.run.status).toBe('completed');
  expect(JSON.parse(readFileSync(join(at, `${id}.json`), 'utf8'))).toEqual(tree);
  const lines = readFileSync(join(at, `${id}.jsonl`), 'utf8').split('\n');
  const sequence = lines.flatMap((line) => (line.endsWith('}') ? Number(JSON.parse(line).seq) : []));
  /** Records that had a place in the sequence and are not there. */
  const gaps = (sequence.at(-1) ?? 0) + 1 - sequence.length;
  return { told, tree, calls, gaps, counts: (await verifyRun(await findRun(id, at))).counts };
}

describe.skipIf(windows)('the program goes on, is told once, and recording goes on when it can', () => {
  it('when somebody deletes the folder', async () => {
    const { told, tree, gaps, counts } = await record('deleted folder');
    // Whoever writes the tree notices, too, if it is due just then.
    expect(told.filter((line) => !line.startsWith('tree_failed'))).toEqual([
      expect.stringMatching(/^write_failed: .*somebody deleted it with 5 records in it/),
    ]);
    expect(tree.audit.dropped).toBe(5);
    expect(gaps).toBe(5);
    expect(counts).toEqual({ gap: 1, dropped: 1 });
  });

  it.skipIf(!has(PRLIMIT))('when too many files are open (needs prlimit)', async () => {
    const { told, tree } = await record('too many open files', { through: [PRLIMIT, '--nofile=100'] });
    expect(told).toEqual([
      expect.stringMatching(/^write_failed: .*EMFILE/),
      expect.stringMatching(/^blob_failed: .*EMFILE/),
    ]);
    expect(tree.audit.dropped).toBe(3);
  });

  it('when the folder is read-only', async () => {
    const { told, tree } = await record('read-only folder');
    expect(told).toEqual([
      expect.stringMatching(/^write_failed: .*EACCES/),
      expect.stringMatching(/^blob_failed: .*EACCES/),
    ]);
    expect(tree.audit.dropped).toBe(3);
  });

  it('when another process has the run: it is recorded beside it', async () => {
    const { told, tree } = await record('two processes');
    expect(told).toEqual([
      expect.stringMatching(/^logger_error: run run is on record already, so events are recorded in run 2/),
    ]);
    expect(tree.audit).toMatchObject({ dropped: 0, logger_errors: 1 });
    expect((await readTree(join(dir, 'run'))).run).toMatchObject({
      status: 'completed',
      totals: { calls: 1 },
    });
  });

  it.skipIf(!canMount())('when the disk is full (needs user namespaces)', async () => {
    const copy = join(dir, '..', 'copy');
    mkdirSync(dir);
    const script = `m=$0 c=$1; shift
      mount -t tmpfs -o size=300k none "$m" && head -c 150000 /dev/zero > "$m/ballast" && "$@"
      s=$?; cp -r "$m" "$c"; exit $s`;
    const through = [UNSHARE, '-rm', 'sh', '-c', script, dir, copy];
    const { told, tree, calls, gaps } = await record('full disk', { through, args: ['ballast'], at: copy });
    expect(told).toEqual([
      expect.stringMatching(/^blob_failed: .*ENOSPC/),
      expect.stringMatching(/^write_failed: .*ENOSPC/),
    ]);
    expect(tree.audit.dropped).toBeGreaterThan(5);
    expect(gaps).toBe(tree.audit.dropped);
    expect(calls.length).toBeGreaterThan(5);
  });
});

function has(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function canMount(): boolean {
  try {
    execFileSync(UNSHARE, ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
