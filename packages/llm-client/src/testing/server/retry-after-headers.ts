import type { RetryAfter } from './fault.ts';

/** @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after for seconds and dates */
export function retryAfterHeaders(after: RetryAfter = { form: 'none' }): Record<string, string> {
  switch (after.form) {
    case 'seconds':
      return { 'retry-after': `${Math.ceil(after.ms / 1000)}` };
    case 'date':
      return { 'retry-after': new Date(Date.now() + after.ms).toUTCString() };
    case 'milliseconds':
      return { 'retry-after-ms': `${after.ms}` };
    case 'garbage':
      return { 'retry-after': 'soon' };
    case 'none':
      return {};
  }
}
