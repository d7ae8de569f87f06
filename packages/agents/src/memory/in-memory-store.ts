import { createMemoryStore, type MemoryStoreOptions } from './create-memory-store.ts';
import { createInMemoryDriver } from './in-memory/in-memory-driver.ts';
import type { MemoryStore } from './memory-store.ts';

/** A memory that lives as long as the process, for tests and for what need not last. A search reads every message. */
export function createInMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  return createMemoryStore(createInMemoryDriver(), options);
}
