const marker = Symbol.for('@pd/llm-client/error');

/** Base of every error this package throws, except an abort, which rethrows the signal's reason. */
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
