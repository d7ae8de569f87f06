import { canonicalRequest, type RedactOptions } from '@pd/call-log/reader';
import type { JsonObject } from '@pd/call-log/schema';

/** So many texts are remembered: most of what is scrubbed stands in a prompt that is sent with every call. */
const REMEMBERED = 1_000;

/** Makes what says how a text stands in a log with that redaction. */
export function createScrub(redact: RedactOptions | false): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const { messages } = canonicalRequest({ model: '', messages: [{ content: text }] }, redact) as {
      messages: JsonObject[];
    };
    const content = messages[0]?.content;
    const scrubbed = typeof content === 'string' ? content : text;
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, scrubbed);
    return scrubbed;
  };
}
