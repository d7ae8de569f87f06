import type { ReplyResult } from '../chat-result.ts';
import type { EndPart } from '../chat-stream.ts';
import { type FinishedCall, isFinished } from './finished-call.ts';
import { FinishedStream } from './finished-stream.ts';
import { LiveStream } from './live-stream.ts';
import type { PreparedCall } from './prepare-call.ts';
import type { StreamKind, StreamSource } from './stream-kind.ts';

/**
 * A reply as it comes. Read it once, with `for await`, and ask for its `result()` during or after that; or ask for
 * the `result()` alone. Nothing is read from the server faster than it is read here. Leaving the loop early ends the
 * request, on record as `aborted`.
 */
export class ReplyStream<Chunk, Part, Result extends ReplyResult> implements AsyncIterable<Part | EndPart> {
  /** The call's id in the log. */
  readonly callId: string;
  readonly #source: StreamSource<Part, Result>;
  #taken = false;

  protected constructor(call: PreparedCall | FinishedCall, kind: StreamKind<Chunk, Part, Result>) {
    this.#source = isFinished(call) ? new FinishedStream(call, kind) : new LiveStream(call, kind);
    this.callId = this.#source.callId;
  }

  /**
   * The whole reply. Reads the stream to its end unless somebody else is reading it.
   *
   * @throws what the iteration throws; {@link StreamLeftError} when its reader left early
   */
  async result(): Promise<Result> {
    if (!this.#taken) for await (const _ of this);
    return this.#source.result;
  }

  [Symbol.asyncIterator](): AsyncIterator<Part | EndPart, undefined> {
    if (this.#taken) throw new TypeError('a stream can be read once; keep its result() instead');
    this.#taken = true;
    return { next: () => this.#source.next(), return: () => this.#source.leave() };
  }
}
