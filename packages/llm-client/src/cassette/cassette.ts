import { currentContext, resolveAgent } from '@pd/call-log/context';
import type { RedactOptions } from '@pd/call-log/reader';
import { callsById, expandBlobs, expandRequest, readTree, requestKey } from '@pd/call-log/reader';
import type { CallNode, CallStart, ChatMessage } from '@pd/call-log/schema';
import { NoContentError } from '../errors/no-content-error.ts';
import { ReplayMissError } from '../errors/replay-miss-error.ts';
import { cassetteName } from './cassette-name.ts';
import { findCassettes } from './find-cassettes.ts';
import { firstDifference } from './first-difference.ts';

interface RecordedCall {
  call: CallNode;
  messages: ChatMessage[];
  key: string;
  served: boolean;
  /** Of the run it is from. */
  path: string;
}

/** The calls of recorded runs, each to be served once, per agent and first in first out among equal requests. */
export class Cassette {
  readonly #name: string;
  readonly #redact: RedactOptions | false;
  readonly #calls: ReadonlyMap<string, RecordedCall[]>;

  private constructor(
    name: string,
    redact: RedactOptions | false,
    calls: ReadonlyMap<string, RecordedCall[]>,
  ) {
    this.#name = name;
    this.#redact = redact;
    this.#calls = calls;
  }

  /**
   * @param paths of runs and of folders of runs; calls of the first are served before equal ones of the next
   * @param redact what the logs of the runs scrub
   * @throws {NoContentError} when a run was recorded without content
   * @throws {EmptyCassetteError} for a folder without runs; what `readTree` throws
   */
  static async load(paths: readonly string[], redact: RedactOptions | false): Promise<Cassette> {
    const runs = (await Promise.all(paths.map(findCassettes))).flat();
    const calls = new Map<string, RecordedCall[]>();
    // One after the other, so that only one is read at a time.
    for (const path of new Set(runs)) {
      const tree = await readTree(path);
      if (tree.audit.capture_content === false) throw new NoContentError(path);
      const byId = callsById(tree);
      for (const { id, calls: own } of tree.agents)
        calls.set(id, [...(calls.get(id) ?? []), ...own.map((call) => recorded(call, byId, redact, path))]);
    }
    return new Cassette(cassetteName(paths), redact, calls);
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
    if (match === undefined) throw new ReplayMissError(this.#name, id, this.#difference(start, unserved[0]));
    match.served = true;
    const { post, ...call } = match.call;
    return post === undefined ? call : { ...call, post: await expandBlobs(post, match.path) };
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
  path: string,
): RecordedCall {
  const { model, parameters, tools } = call.pre;
  const messages = expandRequest(call, byId);
  const request = {
    model,
    messages,
    ...(parameters && { parameters }),
    ...(tools && { tools: tools as object[] }),
  };
  return { call, messages, key: requestKey(request, redact), served: false, path };
}

/** A call without an ending has no answer to give. */
function isFinished(call: CallNode): boolean {
  return call.status !== 'open' && call.status !== 'interrupted';
}
