import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCallLog } from '../call-log.ts';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';
import { readRunStart } from './read-run-start.ts';
import { readTree } from './read-tree.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-run-start-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('gives what the tree says of the run', async () => {
  await using log = createCallLog({ dir });
  await log.run({ id: 'a', name: 'tour', metadata: { stops: [1, { deep: true }] } }, () => {});
  await log.close();
  const { name, metadata } = (await readTree(join(dir, 'a'))).run;
  expect(await readRunStart(join(dir, 'a.json'))).toMatchObject({ name, metadata });
});

it('gives nothing where there is no such line, and says when there is no such run', async () => {
  writeFileSync(join(dir, 'damaged.jsonl'), '{"seq":0,"type":"seg\n');
  writeFileSync(join(dir, 'alone.json'), '{}');
  expect(await readRunStart(join(dir, 'damaged'))).toBeUndefined();
  expect(await readRunStart(join(dir, 'alone'))).toBeUndefined();
  await expect(readRunStart(join(dir, 'none'))).rejects.toThrow(LogNotFoundError);
});
