import { currentContext, resolveAgent } from '@pd/call-log/context';
import { type RedactOptions, requestKey } from '@pd/call-log/reader';
import type { CallNode, CallStart, RunTree } from '@pd/call-log/schema';
import { firstDifference } from '../cassette/first-difference.ts';
import { RecordedRequests } from './recorded-requests.ts';
import type { RecordedCall } from './recorded-run.ts';
import { sameJson } from './same-json.ts';
import { createScrub } from './scrub-text.ts';

interface Entry {
  call: CallNode;
  agentId: string;
  isServed: boolean;
  /** Made when a request has to be compared in its canonical form. */
  key?: string;
}

/** Entries in order; those at its head that are served are not looked at again. */
interface Queue {
  entries: Entry[];
  head: number;
}

/** The calls of a recorded run, each to be served once: per agent, first in first out among equal requests. */
export class RecordedCalls {
  readonly #requests: RecordedRequests;
  readonly #redact: RedactOptions | false;
  readonly #isScrubbed: (asked: string, recorded: string) => boolean;
  readonly #entries: readonly Entry[];
  /** By what the last chat message says: where the call is found, unless something in it was scrubbed. */
  readonly #exact = new Map<string, Queue>();
  /** By what scrubbing leaves alone. */
  readonly #alike = new Map<string, Queue>();
  readonly #ofAgent = new Map<string, Queue>();

  /** @throws {IncompleteRecordError} when the request of a call is not whole on record */
  constructor(tree: RunTree, redact: RedactOptions | false) {
    this.#requests = new RecordedRequests(tree);
    this.#redact = redact;
    const scrub = createScrub(redact);
    this.#isScrubbed = (asked, recorded) => scrub(asked) === recorded;
    this.#entries = tree.agents.flatMap(({ id: agentId, calls }) =>
      calls.map((call) => ({ call, agentId, isServed: false })),
    );
    for (const entry of this.#entries) this.#file(entry);
  }

  /** The finished calls that have not been served. */
  get unserved(): { call: CallNode; agentId: string }[] {
    return this.#entries.filter(({ isServed, call }) => !isServed && isAwaited(call));
  }

  /** The next call that asks the same. */
  take(start: CallStart): RecordedCall | undefined {
    const shape = shapeOf(agentOf(start), start, start.messages.length);
    const entry = this.#findExact(start, shape) ?? this.#findAlike(start, shape);
    if (entry === undefined) return undefined;
    entry.isServed = true;
    return { state: stateOf(entry.call), call: entry.call };
  }

  /** Where the request leaves the next one of that agent on record. */
  differenceOf(start: CallStart, agentId: string): string {
    const next = find(this.#ofAgent.get(agentId), () => true);
    if (next === undefined) return 'it has no call left on record';
    const recorded = this.#requests.messagesOf(next.call);
    return `its next call on record is another one: ${firstDifference(start, next.call, recorded, this.#redact)}`;
  }

  #file(entry: Entry): void {
    const { call, agentId } = entry;
    const messages = this.#requests.messagesOf(call);
    const shape = shapeOf(agentId, { operation: call.operation, model: call.pre.model }, messages.length);
    put(this.#exact, `${shape}\n${JSON.stringify(messages.at(-1))}`, entry);
    put(this.#alike, shape, entry);
    put(this.#ofAgent, agentId, entry);
  }

  /** Found without hashing: what is the same to the letter, or but for texts that were scrubbed, is the same request. */
  #findExact(start: CallStart, shape: string): Entry | undefined {
    const queue = this.#exact.get(`${shape}\n${JSON.stringify(start.messages.at(-1))}`);
    return find(queue, ({ call }) => this.#isSame(start, call));
  }

  #isSame({ messages, parameters, tools = [] }: CallStart, call: CallNode): boolean {
    return (
      sameJson(withoutStream(parameters), withoutStream(call.pre.parameters)) &&
      sameJson(tools, call.pre.tools ?? []) &&
      sameJson(messages, this.#requests.messagesOf(call), this.#isScrubbed)
    );
  }

  #findAlike(start: CallStart, shape: string): Entry | undefined {
    const queue = this.#alike.get(shape);
    if (find(queue, () => true) === undefined) return undefined;
    const same = find(queue, ({ call }) => this.#isSame(start, call));
    if (same !== undefined) return same;
    // Large parts and fields that are secret by their name are only seen in the whole.
    const key = requestKey(start, this.#redact);
    return find(queue, (entry) => this.#keyOf(entry) === key);
  }

  #keyOf(entry: Entry): string {
    if (entry.key !== undefined) return entry.key;
    const { model, parameters, tools } = entry.call.pre;
    const messages = this.#requests.messagesOf(entry.call);
    entry.key = requestKey(
      { model, messages, ...(parameters && { parameters }), ...(tools && { tools: tools as object[] }) },
      this.#redact,
    );
    return entry.key;
  }
}

/** Whether a program that is done again has to ask for it: one that its caller has ended may come too late to be asked for. */
export function isAwaited({ status }: CallNode): boolean {
  return status === 'ok' || status === 'error' || status === 'truncated';
}

function stateOf({ status }: CallNode): RecordedCall['state'] {
  if (status === 'open' || status === 'interrupted') return 'in_flight';
  return status === 'aborted' ? 'aborted' : 'finished';
}

/** Whose call it is, in the context of whoever asks. */
export function agentOf(start: CallStart): string {
  return resolveAgent(start, currentContext()).agent.id;
}

function shapeOf(
  agentId: string,
  { operation, model }: Pick<CallStart, 'operation' | 'model'>,
  messages: number,
) {
  return `${agentId}\n${operation}\n${model}\n${messages}`;
}

/** Whether it was streamed is not part of what was asked. */
function withoutStream(parameters: object = {}): object {
  const { stream: _stream, stream_options: _options, ...asked } = parameters as Record<string, unknown>;
  return asked;
}

function put(queues: Map<string, Queue>, key: string, entry: Entry): void {
  const queue = queues.get(key);
  if (queue === undefined) queues.set(key, { entries: [entry], head: 0 });
  else queue.entries.push(entry);
}

function find(queue: Queue | undefined, isIt: (entry: Entry) => boolean): Entry | undefined {
  if (queue === undefined) return undefined;
  while (queue.entries[queue.head]?.isServed === true) queue.head++;
  for (let i = queue.head; i < queue.entries.length; i++) {
    const entry = queue.entries[i];
    if (entry !== undefined && !entry.isServed && isIt(entry)) return entry;
  }
  return undefined;
}
