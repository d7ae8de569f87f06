const marker = Symbol.for('@pd/llm-client/offline/OfflineServerError');

/**
 * Why an offline server could not be started.
 *
 * - `invalid_option`: an option has a value that makes no sense; the message names it.
 * - `listen_failed`: the port could not be bound, for example because it is taken; see `cause`.
 */
export class OfflineServerError extends Error {
  override readonly name = 'OfflineServerError';
  readonly code: 'invalid_option' | 'listen_failed';
  readonly [marker] = true;

  constructor(code: 'invalid_option' | 'listen_failed', message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Recognises the error across copies of this package (ESM beside CommonJS). */
  static isInstance(value: unknown): value is OfflineServerError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
