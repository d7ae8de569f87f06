import type { CallNode, ChatMessage, JsonValue } from '@pd/call-log/schema';
import { alignSequences } from '../../diff/align-sequences.ts';
import { canonicalJson } from '../../diff/canonical-json.ts';
import { type WordDiff, wordDiff } from '../../diff/word-diff.ts';
import { contentText } from '../../text/content-text.ts';

/** What happened to the messages of a request, in order. */
export type MessageChange =
  | { type: 'same'; count: number }
  | { type: 'removed' | 'added'; message: ChatMessage }
  | { type: 'changed'; role: string; words: WordDiff };

/** A setting that one request has and the other has not, or has otherwise. */
export interface SettingChange {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** How a request differs from an earlier one. */
export interface RequestChanges {
  messages: MessageChange[];
  settings: SettingChange[];
}

interface Request {
  call: CallNode;
  messages: readonly ChatMessage[];
}

export function compareRequests(before: Request, after: Request): RequestChanges {
  return {
    messages: compareMessages(before.messages, after.messages),
    settings: compareSettings(before.call, after.call),
  };
}

function compareMessages(before: readonly ChatMessage[], after: readonly ChatMessage[]): MessageChange[] {
  const numbers = new Map<string, number>();
  const numberOf = (message: ChatMessage) => {
    const json = canonicalJson(message);
    return numbers.get(json) ?? numbers.set(json, numbers.size).size - 1;
  };
  const matches = alignSequences(before.map(numberOf), after.map(numberOf));
  const changes: MessageChange[] = [];
  let [fromA, fromB] = [0, 0];
  for (const [placeA, placeB] of [...matches, [before.length, after.length] as const]) {
    changes.push(...inPairs(before.slice(fromA, placeA), after.slice(fromB, placeB)));
    const last = changes.at(-1);
    if (placeA < before.length || placeB < after.length) {
      if (last?.type === 'same') last.count++;
      else changes.push({ type: 'same', count: 1 });
    }
    [fromA, fromB] = [placeA + 1, placeB + 1];
  }
  return changes;
}

/** What is gone and what is new at one place; messages of the same role there are one that has changed. */
function inPairs(removed: readonly ChatMessage[], added: readonly ChatMessage[]): MessageChange[] {
  const pairs: MessageChange[] = [];
  let next = 0;
  for (const message of removed) {
    const other = added[next];
    if (other === undefined || other.role !== message.role || hasMore(message) || hasMore(other)) {
      pairs.push({ type: 'removed', message });
      continue;
    }
    next++;
    const words = wordDiff(contentText(message.content), contentText(other.content));
    pairs.push({ type: 'changed', role: String(message.role ?? 'message'), words });
  }
  return [...pairs, ...added.slice(next).map((message): MessageChange => ({ type: 'added', message }))];
}

/** Whether a message says more than its content. */
function hasMore(message: ChatMessage): boolean {
  return Object.keys(message).some((field) => field !== 'role' && field !== 'content');
}

function compareSettings(before: CallNode, after: CallNode): SettingChange[] {
  const settings = ({ pre }: CallNode): ReadonlyMap<string, JsonValue> =>
    new Map<string, JsonValue>([
      ['model', `${pre.provider}/${pre.model}`],
      ...Object.entries(pre.parameters ?? {}),
      ['tools', pre.tools ?? []],
    ]);
  const [a, b] = [settings(before), settings(after)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((name): SettingChange[] => {
    const [old, now] = [a.get(name), b.get(name)];
    const same = canonicalJson(old) === canonicalJson(now);
    return same
      ? []
      : [
          {
            name,
            before: old === undefined ? undefined : contentText(old),
            after: now === undefined ? undefined : contentText(now),
          },
        ];
  });
}
