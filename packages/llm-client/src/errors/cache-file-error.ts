import { LLMClientError } from './llm-client-error.ts';

/** The file of a cache cannot be used: it is no cache, damaged, or cannot be opened. */
export class CacheFileError extends LLMClientError {
  override readonly name = 'CacheFileError';
  readonly code = 'cache_file';

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path} cannot be used as a response cache (${reason}); delete it or name another file`, options);
  }
}
