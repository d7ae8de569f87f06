import type { ReplyResult } from '../chat-result.ts';
import type { EndPart } from '../chat-stream.ts';
import { StreamLeftError } from '../errors/stream-left-error.ts';
import { type FinishedCall, receivedBefore, summaryOf } from './finished-call.ts';
import { failAgain } from './finished-result.ts';
import type { StreamKind, StreamSource } from './stream-kind.ts';

/** A reply that came before, in the pieces it came in, at once; ends the way it ended. */
export class FinishedStream<Chunk, Part, Result extends ReplyResult> implements StreamSource<Part, Result> {
  readonly callId: string;
  readonly #call: FinishedCall;
  readonly #kind: StreamKind<Chunk, Part, Result>;
  readonly #result = Promise.withResolvers<Result>();
  #parts: Iterator<Part | EndPart, undefined> | undefined;

  constructor(call: FinishedCall, kind: StreamKind<Chunk, Part, Result>) {
    this.#call = call;
    this.#kind = kind;
    this.callId = call.finished.id;
    this.#result.promise.catch(() => {});
  }

  get result(): Promise<Result> {
    return this.#result.promise;
  }

  async next(): Promise<IteratorResult<Part | EndPart, undefined>> {
    this.#parts ??= this.#play();
    const next = this.#parts.next();
    // Rejects after a failure, at every further read.
    if (next.done === true) await this.#result.promise;
    return next;
  }

  async leave(): Promise<IteratorResult<Part | EndPart, undefined>> {
    this.#result.reject(new StreamLeftError());
    return { done: true, value: undefined };
  }

  *#play(): Generator<Part | EndPart, undefined> {
    try {
      yield* this.#kind.recorded(this.#call.finished);
      failAgain(this.#call);
      const result = this.#kind.createReply().toResult(summaryOf(this.#call), receivedBefore(this.#call));
      yield { type: 'usage', usage: result.usage };
      yield { type: 'finish', reason: result.finishReason, raw: result.finishReasonRaw };
      this.#result.resolve(result);
    } catch (error) {
      this.#result.reject(error);
    }
  }
}
