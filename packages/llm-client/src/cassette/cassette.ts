import { currentContext, resolveAgent } from '@pd/call-log/context';
import type { RedactOptions } from '@pd/call-log/reader';
import { callsById, expandBlobs, expandRequest, readTree, requestKey } from '@pd/call-log/reader';
import type { CallNode, CallStart, ChatMessage } from '@pd/call-log/schema';
import { NoContentError } from '../errors/no-content-error.ts';
import { ReplayMissError } from '../errors/replay-miss-error.ts';
import { firstDifference } from './first-difference.ts';

interface RecordedCall {
  call: CallNode;
  messages: ChatMessage[];
  key: string;
  served: boolean;
}

/** The calls of a recorded run, each to be served once, per agent and first in first out among equal requests. */
export class Cassette {
  readonly #path: string;
  readonly #redact: RedactOptions | false;
  readonly #calls: ReadonlyMap<string, RecordedCall[]>;

  private constructor(
    path: string,
    redact: RedactOptions | false,
    calls: ReadonlyMap<string, RecordedCall[]>,
  ) {
    this.#path = path;
    this.#redact = redact;
    this.#calls = calls;
  }

  /**
   * @param redact what the log of the run scrubs
   * @throws {NoContentError} when the run was recorded without content; what `readTree` throws
   */
  static async load(path: string, redact: RedactOptions | false): Promise<Cassette> {
    const tree = await readTree(path);
    if (tree.audit.capture_content === false) throw new NoContentError(path);
    const byId = callsById(tree);
    const calls = tree.agents.map(
      (agent) => [agent.id, agent.calls.map((call) => recorded(call, byId, redact))] as const,
    );
    return new Cassette(path, redact, new Map(calls));
  }

  /**
   * @throws {ReplayMissError} when no unserved call of that agent asked the same
   * @throws {MissingBlobError} when a large part of the answer is not beside the record
   */
  async take(start: CallStart): Promise<CallNode> {
    const { id } = resolveAgent(start, currentContext()).agent;
    const unserved = (this.#calls.get(id) ?? []).filter(({ served, call }) => !served && isFinished(call));
    const key = requestKey(start, this.#redact);
    const match = unserved.find((each) => each.key === key && each.call.operation === start.operation);
    if (match === undefined) throw new ReplayMissError(this.#path, id, this.#difference(start, unserved[0]));
    match.served = true;
    const { post, ...call } = match.call;
    return post === undefined ? call : { ...call, post: await expandBlobs(post, this.#path) };
  }

  #difference(start: CallStart, next: RecordedCall | undefined): string {
    if (next === undefined) return 'that agent has no unanswered call on record';
    return `its next call on record differs: ${firstDifference(start, next.call, next.messages, this.#redact)}`;
  }
}

function recorded(
  call: CallNode,
  byId: ReadonlyMap<string, CallNode>,
  redact: RedactOptions | false,
): RecordedCall {
  const { model, parameters, tools } = call.pre;
  const messages = expandRequest(call, byId);
  const request = {
    model,
    messages,
    ...(parameters && { parameters }),
    ...(tools && { tools: tools as object[] }),
  };
  return { call, messages, key: requestKey(request, redact), served: false };
}

/** A call without an ending has no answer to give. */
function isFinished(call: CallNode): boolean {
  return call.status !== 'open' && call.status !== 'interrupted';
}
