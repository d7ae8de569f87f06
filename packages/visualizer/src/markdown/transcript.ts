import type { CallNode, JsonValue, MessageNode, RunTree } from '@pd/call-log/schema';
import { contentText } from '../text/content-text.ts';

/** A call and who made it. */
export interface OwnedCall {
  agentId: string;
  call: CallNode;
}

/** Something said by an agent, or a call of which no message came. */
export type TranscriptEntry =
  | {
      type: 'message';
      at: string;
      from?: string;
      /** Everybody it went to; empty when to nobody in particular. */
      to: string[];
      text: string;
      status: MessageNode['status'];
      /** What it came of, with the first message that came of it. */
      source?: OwnedCall;
    }
  | ({ type: 'call'; at: string } & OwnedCall);

/**
 * What happened in a run, in order of time. Messages, and the calls of one agent, stay in the order of the record: a time
 * that is missing or goes back counts as that of the one before. The same text to several is one entry.
 */
export function transcript({ agents, messages }: RunTree): TranscriptEntry[] {
  const calls = new Map<string, OwnedCall>();
  for (const { id: agentId, calls: own } of agents)
    for (const call of own) if (!calls.has(call.id)) calls.set(call.id, { agentId, call });
  const timed: { ms: number; entry: TranscriptEntry }[] = [];
  const told = new Set<CallNode>();
  let latest = 0;
  let last: TranscriptEntry | undefined;
  for (const message of messages) {
    latest = heldTime(message.at, latest);
    const text = contentText(message.content);
    if (last?.type === 'message' && isSameSaying(last, message, text)) {
      if (message.to !== undefined) last.to.push(message.to);
      continue;
    }
    const source = message.call_id === undefined ? undefined : calls.get(message.call_id);
    const isFirst = source !== undefined && !told.has(source.call);
    if (isFirst) told.add(source.call);
    last = {
      type: 'message',
      at: message.at,
      ...(message.from !== undefined && { from: message.from }),
      to: message.to === undefined ? [] : [message.to],
      text,
      status: message.status,
      ...(isFirst && { source }),
    };
    timed.push({ ms: latest, entry: last });
  }
  for (const { id: agentId, calls: own } of agents) {
    let began = 0;
    for (const call of own) {
      began = heldTime(call.started_at, began);
      if (!told.has(call))
        timed.push({ ms: began, entry: { type: 'call', at: call.started_at, agentId, call } });
    }
  }
  return timed.sort((a, b) => a.ms - b.ms).map(({ entry }) => entry);
}

function heldTime(at: string, latest: number): number {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? latest : Math.max(ms, latest);
}

/** A copy for one more, which was said at the same time. */
function isSameSaying(
  last: Extract<TranscriptEntry, { type: 'message' }>,
  { from, to, at, status }: MessageNode,
  text: string,
): boolean {
  return (
    to !== undefined &&
    last.to.length > 0 &&
    last.from === from &&
    last.at === at &&
    last.status === status &&
    last.text === text
  );
}

/** What a call answered, as text; '' when nothing. */
export function replyText({ post }: CallNode): string {
  const content: JsonValue | undefined = post?.message?.content;
  if (!Array.isArray(content)) return contentText(content);
  return content.map(partText).join('\n');
}

/** A part of a chat message's content: its text, else as JSON. */
export function partText(part: JsonValue): string {
  const isObject = typeof part === 'object' && part !== null && !Array.isArray(part);
  return isObject && typeof part.text === 'string' ? part.text : contentText(part);
}
