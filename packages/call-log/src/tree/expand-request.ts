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
 * @throws {IncompleteRecordError} when a call it refers to is not on record
 */
export function expandRequest(call: CallNode, calls: ReadonlyMap<string, CallNode>): ChatMessage[] {
  const parts: ChatMessage[][] = [];
  let wanted = Number.POSITIVE_INFINITY;
  for (let at: CallNode | undefined = call; wanted > 0; ) {
    const head = at.pre.history;
    const take = Math.min(wanted, head?.take ?? 0);
    parts.push(at.pre.messages.slice(0, wanted - take));
    wanted = take;
    if (head === undefined || take === 0) break;
    at = calls.get(head.call_id);
    if (at === undefined) throw new IncompleteRecordError(call.id, head.call_id);
  }
  return parts.reverse().flat();
}
