import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { memoryStoreChecks } from '../../testing/memory-store-checks.ts';
import { createSQLiteStore } from './create-sqlite-store.ts';

const dir = mkdtempSync(join(tmpdir(), 'pd-memory-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let made = 0;

describe('createSQLiteStore', () => {
  const create = () => createSQLiteStore({ path: join(dir, `${made++}`, 'memory.db') });
  for (const { name, run } of memoryStoreChecks({ create })) it(name, run);
});
