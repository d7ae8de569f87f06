import { describe, it } from 'vitest';
import { memoryStoreChecks } from '../testing/memory-store-checks.ts';
import { createInMemoryStore } from './in-memory-store.ts';

describe('createInMemoryStore', () => {
  for (const { name, run } of memoryStoreChecks({ create: () => createInMemoryStore() })) it(name, run);
});
