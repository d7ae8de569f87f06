const marker = Symbol.for('@pd/llm-client/error');

/**
 * Base of the errors of this package. An abort rethrows the signal's reason, and a record that cannot be read for
 * `replay` rejects with the reader's `CallLogError`.
 */
export abstract class LLMClientError extends Error {
  /** Stable; the message may change. */
  abstract readonly code: string;
  /** The call on record, when it got as far as having one. */
  callId?: string;
  readonly [marker] = true;

  /** True for errors of this package, whichever copy of it (ESM or CommonJS) made them. */
  static isInstance(value: unknown): value is LLMClientError {
    return value instanceof Error && marker in value;
  }
}
