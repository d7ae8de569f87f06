import type { JsonValue } from '@pd/call-log/schema';

/** Any value in a line: a string as it is, anything else as JSON, nothing as ''. */
export function plainText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
