import type { ErrorRecord } from '../schema/common.ts';

/** The error that a provider put into a reply, as in `{ "error": { "type", "code", "message" } }`. */
export function toProviderError(error: unknown): ErrorRecord {
  const { type, code, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    type?: unknown;
    code?: unknown;
    message?: unknown;
  };
  return {
    type: typeof type === 'string' ? type : 'provider_error',
    ...(code !== undefined && code !== null && { code: String(code) }),
    message: typeof message === 'string' ? message : JSON.stringify(error),
  };
}
