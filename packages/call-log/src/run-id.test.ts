import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callStart, useTempDir } from '../test/helpers.ts';
import { createCallLog } from './call-log.ts';
import type { Diagnostic } from './diagnostics.ts';
import { InvalidRunIdError } from './errors/invalid-run-id-error.ts';
import { readTree } from './reader/read-tree.ts';
import { checkRunId, createRunId, createRunIdCheck } from './run-id.ts';

const tempDir = useTempDir();

const date = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

it('makes ids that sort by time and are safe as file names', () => {
  fc.assert(
    fc.property(date, date, (a, b) => {
      const [one, two] = [createRunId(a), createRunId(b)];
      expect(checkRunId(one)).toBe(one);
      if (a.getTime() !== b.getTime()) expect(one < two).toBe(a < b);
    }),
  );
});

it('makes different ids at the same time, and the same from the same source', () => {
  const now = new Date();
  expect(createRunId(now)).not.toBe(createRunId(now));
  expect(createRunId(new Date(0), () => '3f9a1c')).toBe('19700101T000000000Z-3f9a1c');
});

describe('an id that holds a secret', () => {
  const key = ['sk', 'proj-aB3dE6gH9jK2mN5pQ8sT1vW4'].join('-');

  it('is refused, because it would be the name of a file, and is not told', () => {
    const check = createRunIdCheck({ secrets: ['configured-one'], patterns: [/\d+/] });
    for (const id of [key, `run-configured-one`, Buffer.from('configured-one').toString('hex')]) {
      expect(() => check(id)).toThrow(InvalidRunIdError);
      expect(() => check(id)).toThrow(/\[REDACTED\].* holds a secret/);
    }
    expect(check('run-1')).toBe('run-1');
    expect(createRunIdCheck(false)(key)).toBe(key);
  });

  it('and one that leaves the folder make no file; the event goes to the default run', async () => {
    const told: Diagnostic[] = [];
    const dir = join(tempDir(), 'logs');
    const log = createCallLog({
      dir,
      tree: false,
      defaultRun: { id: 'main' },
      onDiagnostic: (one) => told.push(one),
    });
    for (const id of [key, '../escaped', '..', '/etc/escaped', 'a/b', 'a\\b', 'a\0b', '%2e%2e%2fx'])
      log.logger({ ...callStart(`call ${id}`), run_id: id });
    await expect(log.run({ id: '../escaped' }, () => {})).rejects.toThrow(InvalidRunIdError);
    await log.close();
    expect(readdirSync(tempDir(), { recursive: true })).toEqual(['logs', 'logs/main.jsonl']);
    expect((await readTree(join(dir, 'main.jsonl'))).run.totals.calls).toBe(8);
    expect(JSON.stringify(told)).not.toContain(key);
  });
});

it.each(['a', 'A-1_b.2', 'x'.repeat(128), 'CONSOLE', 'nul-1', 'com10', '0'])('takes %s', (id) => {
  expect(checkRunId(id)).toBe(id);
});

it.each([
  'con',
  'NUL.txt',
  'lpt9',
  'x'.repeat(129),
  'a:b',
  'a*',
  '-a',
  '_a',
  '~',
  'a..',
  null,
  undefined,
  7,
  {},
])('refuses %j', (id) => {
  expect(() => checkRunId(id as string)).toThrow(InvalidRunIdError);
});
