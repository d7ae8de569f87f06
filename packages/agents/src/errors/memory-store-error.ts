import { AgentError } from './agent-error.ts';

/**
 * What is wrong with a store: `memory_busy`, another process holds the lock; `memory_unavailable`, it cannot be reached or does
 * not answer; `memory_read_only`; `memory_full`, no room is left; `memory_corrupt`, it is damaged or not a memory;
 * `memory_unsupported`, a newer version wrote it or a package is missing; `memory_closed`; `memory_failed`, anything else.
 */
export type MemoryErrorCode =
  | 'memory_busy'
  | 'memory_unavailable'
  | 'memory_read_only'
  | 'memory_full'
  | 'memory_corrupt'
  | 'memory_unsupported'
  | 'memory_closed'
  | 'memory_failed';

/** A memory's store is in trouble. What the failing operation was to write is not stored, unless `outcome` is `unknown`. */
export class MemoryStoreError extends AgentError {
  override readonly name = 'MemoryStoreError';
  readonly code: MemoryErrorCode;
  /** `unknown` when the connection broke before the answer came. An append can be repeated with the same ids. */
  readonly outcome: 'not_written' | 'unknown';

  constructor(
    code: MemoryErrorCode,
    message: string,
    options: { cause?: unknown; outcome?: 'not_written' | 'unknown' } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.outcome = options.outcome ?? 'not_written';
  }
}
