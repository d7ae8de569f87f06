import type { JsonValue, MessageNode, RunTree } from '@pd/call-log/schema';
import { contentText } from '../../text/content-text.ts';
import type { TimedCall } from './run-model.ts';

/** One thing that was said. */
export interface TranscriptEntry {
  key: string;
  from?: string;
  to?: string;
  /** ISO 8601 UTC. */
  at: string;
  text: string;
  callId?: string;
  /** The envelope's id; absent for a reply that was no message. */
  messageId?: string;
  status?: MessageNode['status'];
}

/** The messages in the order of the record. A run that has none is told by the replies of its calls. */
export function transcriptEntries({ messages }: RunTree, calls: readonly TimedCall[]): TranscriptEntry[] {
  if (messages.length === 0) return calls.map(fromCall);
  return messages.map((message, index) => ({
    key: `m${index}`,
    from: message.from,
    to: message.to,
    at: message.at,
    text: contentText(message.content),
    callId: message.call_id,
    messageId: message.id,
    status: message.status,
  }));
}

function fromCall({ call, agentId }: TimedCall, index: number): TranscriptEntry {
  const content: JsonValue | undefined = call.post?.message?.content;
  const text = contentText(content) || (call.error ? `${call.error.type}: ${call.error.message}` : '');
  return { key: `c${index}`, from: agentId, at: call.ended_at ?? call.started_at, text, callId: call.id };
}
