import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../src/reader/read-tree.ts';
import { callsById, expandRequest } from '../src/tree/expand-request.ts';
import { useTempDir } from './helpers.ts';
import { runProgram } from './run-program.ts';

const tempDir = useTempDir();
const windows = process.platform === 'win32';

/** Of util-linux. */
const PRLIMIT = 'prlimit';

const KILL_POINTS = 5;

/** What the program said it had recorded is in the journal, and the rest of the run reads as interrupted. */
async function expectNothingLost(dir: string, stdout: string): Promise<void> {
  // Its last line may have been cut off by the end; what was not said need not be there.
  const acknowledged = stdout.split('\n').slice(0, -1);
  expect(acknowledged.length).toBeGreaterThan(0);
  const recorded = new Set(
    readFileSync(join(dir, 'run.jsonl'), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((text) => JSON.parse(text))
      .map(({ type, call_id, number = '' }) => `${type} ${call_id} ${number}`),
  );
  expect(acknowledged.filter((event) => !recorded.has(event))).toEqual([]);

  const { run, agents, orphans, audit } = await readTree(join(dir, 'run'));
  expect(run.status).toBe('interrupted');
  expect(orphans).toEqual([]);
  expect(audit.damaged_lines).toBeLessThanOrEqual(1);
  const ended = new Set(
    acknowledged.filter((event) => event.startsWith('call.end ')).map((event) => event.split(' ')[1]),
  );
  for (const call of agents.flatMap(({ calls }) => calls)) {
    if (ended.has(call.id)) expect(call.status).toBe('ok');
    else expect(['ok', 'interrupted']).toContain(call.status);
  }
  // Three agents work at the same time, so that some call is always under way.
  expect(agents.flatMap(({ calls }) => calls).map(({ status }) => status)).toContain('interrupted');
}

/** Several ends at random points, two at a time. */
async function atRandomPoints(
  end: (dir: string, after: number) => Promise<{ stdout: string }>,
): Promise<void> {
  const points = Array.from({ length: KILL_POINTS }, () => 1 + Math.floor(Math.random() * 300));
  const next = async (): Promise<void> => {
    for (let after = points.pop(); after !== undefined; after = points.pop()) {
      const dir = join(tempDir(), `after-${after}-${points.length}`);
      const { stdout } = await end(dir, after);
      await expectNothingLost(dir, stdout);
    }
  };
  await Promise.all([next(), next()]);
}

describe('no acknowledged event is lost when the program', () => {
  describe.skipIf(windows)('(needs signals)', () => {
    it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('is ended by %s', async (name) => {
      await atRandomPoints(async (dir, after) => {
        const ended = await runProgram('record-until-the-end.mjs', [dir, name, '0'], {
          onLine: (lines, kill) => lines >= after && kill(name),
        });
        expect(ended).toMatchObject({ signal: name, stderr: '' });
        return ended;
      });
    });

    it('calls abort()', async () => {
      await atRandomPoints(async (dir, after) => {
        const ended = await runProgram('record-until-the-end.mjs', [dir, 'abort', `${after}`], {
          cwd: tempDir(),
        });
        expect(ended.signal).toBe('SIGABRT');
        return ended;
      });
    });
  });

  it.each([
    ['process.exit', 3],
    ['uncaught exception', 1],
    ['unhandled rejection', 1],
  ])('ends by %s', async (how, code) => {
    await atRandomPoints(async (dir, after) => {
      const ended = await runProgram('record-until-the-end.mjs', [dir, how, `${after}`]);
      expect(ended.code).toBe(code);
      return ended;
    });
  });
});

describe('a program', () => {
  it('that never closes the log exits by itself, and its calls are on record', async () => {
    expect(await runProgram('without-close.mjs', [tempDir()])).toEqual({
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    });
    const { run, agents } = await readTree(join(tempDir(), 'run'));
    expect(run.status).toBe('interrupted');
    expect(agents).toMatchObject([{ calls: [{ id: 'c', status: 'ok' }] }]);
  });

  it.each(['with-close.mjs', 'with-close.cjs'])('that waits for close() has its tree: %s', async (name) => {
    expect(await runProgram(name, [tempDir()])).toEqual({
      code: 0,
      signal: null,
      stdout: 'closed',
      stderr: '',
    });
    const snapshot = JSON.parse(readFileSync(join(tempDir(), 'run.json'), 'utf8'));
    expect(snapshot).toEqual(await readTree(join(tempDir(), 'run.jsonl')));
    expect(snapshot.run.status).toBe('completed');
    expect(readdirSync(tempDir()).toSorted()).toEqual(['run.json', 'run.jsonl']);
  });

  it('whose tree cannot be written goes on, and is told once', async () => {
    const { code, stdout, stderr } = await runProgram('no-room-for-the-tree.mjs', [tempDir()]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'closed' });
    expect(stderr).toMatch(
      /^@pd\/call-log: cannot write .*run\.json: .*readers build it from the journal\n$/,
    );
    expect((await readTree(join(tempDir(), 'run'))).run.totals.calls).toBe(50);
  });

  it('that only records loads no other package: starting is quick', async () => {
    expect((await runProgram('only-record.cjs', [tempDir()])).stdout).toBe('[]');
  });

  it('with the ESM and the CommonJS copy of the package has one context', async () => {
    const { stdout, stderr } = await runProgram('two-copies.mjs', [tempDir()]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ context: {}, isInstance: true });
    expect((await readTree(join(tempDir(), 'run'))).agents).toMatchObject([
      { id: 'inner', parent_id: 'outer', calls: [{ id: 'c', agent_source: 'context' }] },
    ]);
  });

  it.skipIf(!hasPrlimit())(
    'whose disk is full goes on, and the journal recovers (needs prlimit)',
    async () => {
      const through = [PRLIMIT, '--fsize=5000:unlimited'];
      const { code, stdout, stderr } = await runProgram('full-disk.mjs', [tempDir(), PRLIMIT], { through });
      expect(stderr).toMatch(/^@pd\/call-log: cannot write run\.jsonl .*losses are counted\n$/);
      expect(code).toBe(0);
      const tree = await readTree(join(tempDir(), 'run'));
      expect(tree.run.status).toBe('completed');
      expect(tree.audit.damaged_lines).toBe(1);
      const journal = readFileSync(join(tempDir(), 'run.jsonl'), 'utf8').split('\n').slice(0, -1);
      const sequence = journal.flatMap((text) =>
        text.endsWith('}') ? [JSON.parse(text).seq as number] : [],
      );
      // Every lost record is a gap in the sequence, and every gap is counted.
      expect((sequence.at(-1) ?? 0) + 1 - sequence.length).toBe(tree.audit.dropped);
      expect(tree.audit.dropped).toBeGreaterThan(10);
      // What was recorded afterwards refers to nothing that was lost.
      const calls = callsById(tree);
      const messages = JSON.parse(stdout) as object[];
      const after = [...calls.values()].filter(({ id }) => id.startsWith('after-'));
      expect(after).toHaveLength(10);
      for (const [i, call] of after.entries())
        expect(expandRequest(call, calls)).toEqual(messages.slice(0, 41 + i));
    },
  );
});

function hasPrlimit(): boolean {
  try {
    execFileSync(PRLIMIT, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
