import { callsById, expandRequest } from '@pd/call-log/reader';
import type { CallNode, ChatMessage, RunTree } from '@pd/call-log/schema';

/** A request as the record has it: the first messages of an earlier one, then its own. */
interface Request {
  base: Request | undefined;
  take: number;
  own: readonly ChatMessage[];
}

/**
 * The chat messages of every request of a run. An agent's requests begin like those before them, so that the record of one may
 * refer to the one before that, and so on to the first: here each refers to those whose messages it has, and is put together
 * in the time of its length.
 */
export class RecordedRequests {
  readonly #requests = new Map<CallNode, Request>();

  /** @throws {IncompleteRecordError} when a request is not whole on record */
  constructor({ agents }: RunTree) {
    const byId = callsById({ agents } as RunTree);
    for (const { calls } of agents) for (const call of calls) this.#add(call, byId);
  }

  messagesOf(call: CallNode): ChatMessage[] {
    const parts: (readonly ChatMessage[])[] = [];
    let wanted = Number.POSITIVE_INFINITY;
    for (let at = this.#requests.get(call); at !== undefined && wanted > 0; at = at.base) {
      parts.push(wanted - at.take < at.own.length ? at.own.slice(0, wanted - at.take) : at.own);
      wanted = Math.min(wanted, at.take);
    }
    return parts.reverse().flat();
  }

  #add(call: CallNode, byId: ReadonlyMap<string, CallNode>): void {
    const { history, messages: own } = call.pre;
    const before = history && byId.get(history.call_id);
    let base = before && this.#requests.get(before);
    const take = history?.take ?? 0;
    // What is damaged, or refers to what comes later, is read with all care.
    if ((take > 0 && base === undefined) || own.some((message) => 'missing' in message)) {
      this.#requests.set(call, { base: undefined, take: 0, own: expandRequest(call, byId) });
      return;
    }
    while (base !== undefined && take <= base.take) base = base.base;
    this.#requests.set(call, { base, take, own });
  }
}
