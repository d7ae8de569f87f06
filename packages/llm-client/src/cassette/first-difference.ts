import type { RedactOptions } from '@pd/call-log/reader';
import { canonicalRequest } from '@pd/call-log/reader';
import type { CallNode, CallStart, ChatMessage, JsonValue } from '@pd/call-log/schema';

/** Where a request leaves the recorded one, in words. */
export function firstDifference(
  asked: CallStart,
  call: CallNode,
  messages: readonly ChatMessage[],
  redact: RedactOptions | false = {},
): string {
  if (asked.model !== call.pre.model) return `model ${asked.model} instead of ${call.pre.model}`;
  const asks = canonicalMessages(asked.messages, redact);
  const recorded = canonicalMessages(messages, redact);
  const length = Math.max(asks.length, recorded.length);
  for (let i = 0; i < length; i++) {
    const [now, then] = [JSON.stringify(asks[i]), JSON.stringify(recorded[i])];
    if (now !== then) return `message ${i + 1} is ${excerpt(now, then)} instead of ${excerpt(then, now)}`;
  }
  return 'the messages are the same, the parameters or tools are not';
}

/** As they are compared: in a record, a picture is a reference, and in a request it is the picture. */
function canonicalMessages(messages: readonly object[], redact: RedactOptions | false): JsonValue[] {
  return (canonicalRequest({ model: '', messages }, redact) as { messages: JsonValue[] }).messages;
}

/** The text around the first place where the two differ. */
function excerpt(text: string | undefined, other: string | undefined): string {
  if (text === undefined) return 'missing';
  let at = 0;
  while (at < text.length && text[at] === other?.[at]) at++;
  const from = Math.max(0, at - 20);
  return `${from > 0 ? '…' : ''}${text.slice(from, at + 60)}${at + 60 < text.length ? '…' : ''}`;
}
