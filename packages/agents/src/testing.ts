export {
  type MemoryStoreCheck,
  type MemoryStoreChecksOptions,
  memoryStoreChecks,
} from './testing/memory-store-checks.ts';
