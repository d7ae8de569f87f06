import type { JsonValue } from '@pd/call-log/schema';

/** What a message says, as text: a string as it is, anything else as indented JSON, nothing as ''. */
export function contentText(content: JsonValue | undefined): string {
  if (content === undefined || content === null) return '';
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}
