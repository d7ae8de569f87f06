import type { ErrorRecord } from '../schema/common.ts';

/** Any thrown value as the log records it; never throws itself. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: messageOf(thrown) };
  const code = field(thrown, 'code');
  return {
    type: field(thrown, 'name') ?? 'Error',
    ...(code !== undefined && { code }),
    message: messageOf(thrown),
  };
}

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'something without a text';
  }
}

/** As text, because an `AbortError` of the platform has the code 20. */
function field(error: Error, key: 'name' | 'code'): string | undefined {
  try {
    const value = (error as { name?: unknown; code?: unknown })[key];
    return value === undefined || value === null ? undefined : String(value);
  } catch {
    return undefined;
  }
}
