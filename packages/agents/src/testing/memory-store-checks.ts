import type { MemoryStore } from '../memory/memory-store.ts';
import { factChecks } from './memory-checks/fact-checks.ts';
import { inputChecks } from './memory-checks/input-checks.ts';
import { messageChecks } from './memory-checks/message-checks.ts';
import { searchChecks } from './memory-checks/search-checks.ts';
import { sessionChecks } from './memory-checks/session-checks.ts';
import { summaryChecks } from './memory-checks/summary-checks.ts';
import { windowChecks } from './memory-checks/window-checks.ts';

/** One thing that every memory store does. */
export interface MemoryStoreCheck {
  name: string;
  /** Rejects with an `AssertionError` when the store does otherwise. */
  run(): Promise<void>;
}

export interface MemoryStoreChecksOptions {
  /** Makes a store that is empty and shares nothing with the others. Every check makes its own and closes it. */
  create: () => MemoryStore | Promise<MemoryStore>;
}

/**
 * What every memory store has to do, for the tests of a driver of your own; any test runner will do.
 *
 * ```ts
 * for (const { name, run } of memoryStoreChecks({ create: () => createMyStore() })) test(name, run);
 * ```
 */
export function memoryStoreChecks({ create }: MemoryStoreChecksOptions): MemoryStoreCheck[] {
  const all = {
    ...messageChecks,
    ...windowChecks,
    ...summaryChecks,
    ...sessionChecks,
    ...searchChecks,
    ...factChecks,
    ...inputChecks,
  };
  return Object.entries(all).map(([name, check]) => ({
    name,
    run: async () => {
      await using store = await create();
      await check(store);
    },
  }));
}
