import { IncompleteRecordError } from '../errors/incomplete-record-error.ts';
import type { ChatMessage } from '../schema/common.ts';
import type { CallNode, RunTree } from '../schema/tree.ts';

/** All calls of a tree by id. */
export function callsById(tree: RunTree): Map<string, CallNode> {
  return new Map(tree.agents.flatMap((agent) => agent.calls).map((call) => [call.id, call]));
}

/**
 * Every chat message of a call's request, as recorded: the head that earlier calls hold, then what is new.
 *
 * @throws {IncompleteRecordError} when something it refers to is not on record
 */
export function expandRequest(call: CallNode, calls: ReadonlyMap<string, CallNode>): ChatMessage[] {
  const parts: ChatMessage[][] = [];
  const visited = new Set<CallNode>();
  let wanted = Number.POSITIVE_INFINITY;
  for (let at = call; wanted > 0; ) {
    visited.add(at);
    const { history, messages } = at.pre;
    const take = Math.min(wanted, history?.take ?? 0);
    if (wanted < Number.POSITIVE_INFINITY && messages.length < wanted - take)
      throw new IncompleteRecordError(call.id, `the first ${wanted} messages of call ${at.id}`);
    parts.push(messages.slice(0, wanted - take));
    wanted = take;
    if (history === undefined) break;
    const before = calls.get(history.call_id);
    // A damaged or forged journal may go in circles.
    if (before === undefined || visited.has(before))
      throw new IncompleteRecordError(call.id, `call ${history.call_id}`);
    at = before;
  }
  const messages = parts.reverse().flat();
  const missing = messages.find(isMissing);
  if (missing !== undefined) throw new IncompleteRecordError(call.id, `the message ${missing.missing}`);
  return messages;
}

/** What a chat message leaves in the tree when only its hash is on record. */
export function missingMessage(hash: string): ChatMessage {
  return { missing: hash };
}

function isMissing(message: ChatMessage): boolean {
  return Object.keys(message).length === 1 && /^[\w-]{43}$/.test(String(message.missing));
}
