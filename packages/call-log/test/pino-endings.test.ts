import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../src/reader/read-tree.ts';
import { runTreeSchema } from '../src/schema/tree.ts';
import { useTempDir } from './helpers.ts';
import { runProgram } from './run-program.ts';

/** What the ends of a process leave when only the transport records it; docs/log-format.md tells it to readers. */
const tempDir = useTempDir();
const inDir = (name: string) => join(tempDir(), name);
const CALLS = 300;

function program(more: object) {
  const transport = {
    target: '@pd/call-log/transport',
    options: { dir: tempDir(), defaultRun: { id: 'run' } },
  };
  return runProgram('pino-program.mjs', [JSON.stringify({ transport, calls: CALLS, open: true, ...more })]);
}

describe('a process that exits by itself leaves everything, however early', () => {
  it.each([
    ['return', 0, undefined],
    ['exit', 0, undefined],
    ['exitWithError', 3, '3'],
    ['throw', 1, '1'],
    ['reject', 1, '1'],
    // What a program has to do about a signal so that nothing is lost.
    ['SIGTERM', 143, '143'],
  ])('%s', async (end, code, error) => {
    expect(await program({ end, handled: end === 'SIGTERM' })).toMatchObject({ code });
    const tree = await readTree(inDir('run.jsonl'));
    expect(tree.run).toMatchObject(
      error === undefined
        ? { status: 'completed' }
        : { status: 'failed', error: { type: 'ProcessExit', code: error } },
    );
    expect(tree.run.totals).toMatchObject({ calls: CALLS + 1, errors: 1 });
    expect(tree.agents.find(({ id }) => id === 'late')?.calls).toMatchObject([{ status: 'interrupted' }]);
    expect(tree.audit).toMatchObject({ dropped: 0, damaged_lines: 0, logger_errors: 0 });
    expect(JSON.parse(readFileSync(inDir('run.json'), 'utf8'))).toEqual(tree);
  });
});

describe.skipIf(process.platform === 'win32')(
  'a process that is killed leaves what its worker has read',
  () => {
    it.each(['SIGTERM', 'SIGINT', 'SIGKILL', 'abort'])('%s', async (end) => {
      const { code, signal } = await program({ end, whenThere: inDir('run.jsonl') });
      expect({ code, signal }).toEqual({ code: null, signal: end === 'abort' ? 'SIGABRT' : end });
      const tree = await readTree(inDir('run.jsonl'));
      expect(runTreeSchema.safeParse(tree).error).toBeUndefined();
      expect(tree.run.status).toBe('interrupted');
      expect(tree.orphans).toEqual([]);
      expect(tree.audit.damaged_lines).toBeLessThanOrEqual(1);
      // A beginning of what was logged, without a gap.
      const calls = tree.agents.flatMap((agent) => agent.calls.map(({ id }) => id));
      const expected = [...Array(CALLS).keys(), 'open'].map((i) => (i === 'open' ? i : `c${i}`));
      expect(new Set(calls)).toEqual(new Set(expected.slice(0, calls.length)));
      // The snapshot is an older state, and whole.
      if (existsSync(inDir('run.json')))
        expect(runTreeSchema.parse(JSON.parse(readFileSync(inDir('run.json'), 'utf8'))).run.status).toBe(
          'running',
        );
    });

    it('nothing, when it is killed before its worker has started', async () => {
      expect(await program({ end: 'SIGKILL' })).toMatchObject({ signal: 'SIGKILL' });
      expect(existsSync(inDir('run.jsonl'))).toBe(false);
    });
  },
);
