import type { MessageNode, RunTree } from '@pd/call-log/schema';
import { alignSequences } from './align-sequences.ts';
import { canonicalJson } from './canonical-json.ts';
import type { KnownRequests } from './known-requests.ts';

/** How the messages between agents differ; what they said and what became of them. */
export interface MessagesDiff {
  same: number;
  /** Only in the first run. */
  removed: number;
  /** Only in the second. */
  added: number;
}

/** Compares messages by sender and receiver, in the order they were sent: to whom of several a program writes first may be a matter of time. */
export function compareMessages(a: RunTree, b: RunTree, known: KnownRequests): MessagesDiff {
  const [byPairA, byPairB] = [byPair(a, known), byPair(b, known)];
  let same = 0;
  for (const [pair, messages] of byPairA) same += alignSequences(messages, byPairB.get(pair) ?? []).length;
  return { same, removed: a.messages.length - same, added: b.messages.length - same };
}

function byPair({ messages }: RunTree, known: KnownRequests): Map<string, number[]> {
  const pairs = new Map<string, number[]>();
  for (const message of messages) {
    const key = JSON.stringify([message.from ?? null, message.to ?? null]);
    const said = pairs.get(key) ?? [];
    said.push(known.numberOf(textOf(message)));
    pairs.set(key, said);
  }
  return pairs;
}

function textOf({ status, content }: MessageNode): string {
  return `${status} ${canonicalJson(content)}`;
}
