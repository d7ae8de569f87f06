import { IncompleteRecordError } from '../errors/incomplete-record-error.ts';
import type { ChatMessage } from '../schema/common.ts';
import type { CallNode, RunTree } from '../schema/tree.ts';
import { callsById, expandRequest } from './expand-request.ts';

/** What a request shares with its agent's request before, and what is new in it. */
export interface CanonicalRequest {
  /** The call before, and how many of its first messages this one has, too. */
  history: { call_id: string; take: number } | undefined;
  messages: ChatMessage[];
}

/**
 * The request of each call, by its id, told by way of the agent's call before it. How it stands in the record depends on which
 * process has written it and which calls that one had written before.
 */
export function canonicalRequests(tree: RunTree): ReadonlyMap<string, CanonicalRequest> {
  const calls = callsById(tree);
  const requests = new Map<string, CanonicalRequest>();
  for (const agent of tree.agents) {
    let before: { id: string; messages: ChatMessage[] } | undefined;
    for (const call of agent.calls) {
      const messages = wholeRequest(call, calls);
      const take = before === undefined ? 0 : sharedLength(before.messages, messages ?? []);
      requests.set(call.id, {
        history: before !== undefined && take > 0 ? { call_id: before.id, take } : undefined,
        messages: messages === undefined ? call.pre.messages : messages.slice(take),
      });
      before = { id: call.id, messages: messages ?? [] };
    }
  }
  return requests;
}

/** `undefined` where the record is damaged. */
function wholeRequest(call: CallNode, calls: ReadonlyMap<string, CallNode>): ChatMessage[] | undefined {
  try {
    return expandRequest(call, calls);
  } catch (error) {
    if (!(error instanceof IncompleteRecordError)) throw error;
    return undefined;
  }
}

function sharedLength(a: readonly ChatMessage[], b: readonly ChatMessage[]): number {
  let length = 0;
  while (length < a.length && length < b.length && isSame(a[length], b[length])) length++;
  return length;
}

/** Most are one object, because the later request refers to the earlier. */
function isSame(a: ChatMessage | undefined, b: ChatMessage | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
