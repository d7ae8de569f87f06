import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { callStart, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { sweepTemporary } from './sweep-temporary.ts';

const tempDir = useTempDir();

function leave(name: string, ageMs: number): void {
  const path = join(tempDir(), name);
  writeFileSync(path, '{');
  utimesSync(path, new Date(), new Date(Date.now() - ageMs));
}

it('a tree that was never finished is removed by the next log in its folder, after an hour', async () => {
  leave('dead.json.123.tmp', 2 * 3_600_000);
  leave('busy.json.124.tmp', 60_000);
  leave('of-somebody-else.tmp', 2 * 3_600_000);
  const log = createCallLog({ dir: tempDir(), tree: 'inline', defaultRun: { id: 'run' } });
  log.logger(callStart('c'));
  await log.close();
  expect(readdirSync(tempDir()).toSorted()).toEqual([
    'busy.json.124.tmp',
    'of-somebody-else.tmp',
    'run.json',
    'run.jsonl',
  ]);
});

it('a folder that is not there is nothing to sweep', () => {
  expect(() => sweepTemporary(join(tempDir(), 'nowhere'))).not.toThrow();
});
