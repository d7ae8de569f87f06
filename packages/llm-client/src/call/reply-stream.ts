import type { Chunks, Reply } from '@pd/call-log/schema';
import type { BackendRequest } from '../backend/backend.ts';
import type { ReplyResult } from '../chat-result.ts';
import type { EndPart } from '../chat-stream.ts';
import { StreamLeftError } from '../errors/stream-left-error.ts';
import { Attempts, type Received } from './attempts.ts';
import type { PreparedCall } from './prepare-call.ts';
import type { StreamedReply } from './streamed-reply.ts';

/** What a kind of stream asks, and what it makes of the answer. */
export interface StreamKind<Chunk, Part, Result extends ReplyResult> {
  open(request: BackendRequest): Promise<AsyncIterable<Chunk>>;
  /** For each attempt a new one. */
  createReply(): StreamedReply<Chunk, Part, Result>;
  /** A whole reply that was kept, as it could have come. */
  toChunks(reply: Reply): Iterable<Chunk>;
}

/**
 * A reply as it comes. Read it once, with `for await`, and ask for its `result()` during or after that; or ask for
 * the `result()` alone. Nothing is read from the server faster than it is read here. Leaving the loop early ends the
 * request, on record as `aborted`.
 */
export class ReplyStream<Chunk, Part, Result extends ReplyResult> implements AsyncIterable<Part | EndPart> {
  /** The call's id in the log. */
  readonly callId: string;
  readonly #call: PreparedCall;
  readonly #kind: StreamKind<Chunk, Part, Result>;
  readonly #attempts: Attempts;
  readonly #result = Promise.withResolvers<Result>();
  readonly #ready: (Part | EndPart)[] = [];
  /** Of the attempt at hand. */
  #reply: StreamedReply<Chunk, Part, Result>;
  #source: Promise<AsyncIterator<Chunk>>;
  /** While it is decided what comes after a failed attempt. */
  #failing: Promise<void> | undefined;
  /** What was handed out of attempts that are void now. */
  readonly #restarts: NonNullable<Chunks['restarts']> = [];
  #done = false;
  #taken = false;

  protected constructor(call: PreparedCall, kind: StreamKind<Chunk, Part, Result>) {
    this.#call = call;
    this.#kind = kind;
    this.#reply = kind.createReply();
    this.#attempts = new Attempts(call);
    this.callId = call.record.id;
    this.#source = this.#open();
    // The call ends when it is aborted or late, even if nobody is reading.
    const { signal } = call.deadline;
    signal.addEventListener('abort', () => this.#fail(signal.reason, this.#reply), { once: true });
    this.#result.promise.catch(() => {});
  }

  /**
   * The whole reply. Reads the stream to its end unless somebody else is reading it.
   *
   * @throws what the iteration throws; {@link StreamLeftError} when its reader left early
   */
  async result(): Promise<Result> {
    if (!this.#taken) for await (const _ of this);
    return this.#result.promise;
  }

  [Symbol.asyncIterator](): AsyncIterator<Part | EndPart, undefined> {
    if (this.#taken) throw new TypeError('a stream can be read once; keep its result() instead');
    this.#taken = true;
    return { next: () => this.#next(), return: () => this.#leave() };
  }

  #open(): Promise<AsyncIterator<Chunk>> {
    const opening = (async () => {
      const { cache } = this.#call;
      // Without a cache the request goes out at once.
      const kept = cache && (await this.#attempts.kept(cache));
      if (kept !== undefined) return this.#serve(kept);
      const chunks = await this.#kind.open(await this.#attempts.begin());
      return chunks[Symbol.asyncIterator]();
    })();
    // Whoever reads the stream or asks for the result gets the error; nobody has to. Without another try it is the end.
    const reply = this.#reply;
    opening.catch((cause: unknown) => this.#fail(cause, reply));
    return opening;
  }

  /** A reply that was kept, as a stream. */
  #serve(kept: Received): AsyncIterator<Chunk> {
    if (!this.#done) {
      for (const chunk of this.#kind.toChunks(kept.reply))
        this.#ready.push(...this.#reply.take(chunk, 0).parts);
      this.#tell(this.#reply.toResult(this.#call.record, kept));
    }
    return { next: async () => ({ done: true, value: undefined }) };
  }

  async #next(): Promise<IteratorResult<Part | EndPart, undefined>> {
    while (this.#ready.length === 0 && !this.#done) {
      const reply = this.#reply;
      try {
        await this.#pull(reply);
      } catch (cause) {
        await this.#fail(cause, reply);
      }
    }
    const part = this.#ready.shift();
    if (part !== undefined) return { done: false, value: part };
    // Rejects after a failure, at every further read; after the end there is nothing more.
    await this.#result.promise;
    return { done: true, value: undefined };
  }

  async #pull(reply: StreamedReply<Chunk, Part, Result>): Promise<void> {
    const source = await this.#source;
    const { done, value } = await source.next();
    // Some servers end a stream politely when they are cut off by an abort.
    this.#attempts.signal.throwIfAborted();
    // A read that ran beside this one has ended the call, or the attempt.
    if (this.#done || this.#failing !== undefined || reply !== this.#reply) return;
    if (done) this.#finish();
    else this.#take(value, reply);
  }

  #take(chunk: Chunk, reply: StreamedReply<Chunk, Part, Result>): void {
    const { record } = this.#call;
    const { text, parts } = reply.take(chunk, record.elapsedMs());
    // A second attempt's text is no continuation of the first one's.
    if (text !== '' && this.#restarts.length === 0) record.text(text);
    this.#ready.push(...parts);
  }

  #finish(): void {
    const { record } = this.#call;
    this.#reply.assertWhole(record, (received) => this.#attempts.counted(received));
    const received = this.#received(this.#reply);
    this.#attempts.assertUnfiltered(received, this.#reply.visible);
    this.#attempts.succeeded(received);
    this.#tell(this.#reply.toResult(record, received));
  }

  #tell(result: Result): void {
    this.#close();
    const { usage, finishReason, finishReasonRaw } = result;
    this.#ready.push({ type: 'usage', usage });
    this.#ready.push({ type: 'finish', reason: finishReason, raw: finishReasonRaw });
    this.#result.resolve(result);
  }

  /**
   * The attempt has failed: there is another one, or the call is over. What is told of an attempt twice, or of one that
   * has been replaced already, counts once.
   */
  #fail(cause: unknown, failed: StreamedReply<Chunk, Part, Result>): Promise<void> {
    if (this.#done || failed !== this.#reply) return Promise.resolve();
    this.#failing ??= this.#attempts
      .failed(cause, this.#received(failed), failed.visible)
      .then(
        () => this.#restart(failed),
        (thrown) => {
          this.#close();
          this.#result.reject(thrown);
        },
      )
      .finally(() => {
        this.#failing = undefined;
      });
    return this.#failing;
  }

  /** What has come of an attempt, and of those before it. */
  #received(reply: StreamedReply<Chunk, Part, Result>): Received {
    const received = reply.received();
    if (this.#restarts.length === 0) return received;
    return { ...received, chunks: { ends: [], at_ms: [], ...received.chunks, restarts: this.#restarts } };
  }

  #restart(failed: StreamedReply<Chunk, Part, Result>): void {
    this.#reply = this.#kind.createReply();
    if (failed.visible) {
      const { reply, chunks = { ends: [], at_ms: [] } } = failed.received();
      const text = typeof reply.message?.content === 'string' ? reply.message.content : '';
      this.#restarts.push({ attempt: this.#call.record.attempts, text, ...chunks });
      this.#ready.push({ type: 'restart' });
    }
    this.#source = this.#open();
  }

  async #leave(): Promise<IteratorResult<Part | EndPart, undefined>> {
    if (!this.#done) {
      const left = new StreamLeftError();
      const source = this.#source;
      this.#call.deadline.abort(left);
      await this.#fail(left, this.#reply);
      const chunks = await source.catch(() => undefined);
      await chunks?.return?.()?.catch(() => {});
    }
    return { done: true, value: undefined };
  }

  #close(): void {
    this.#done = true;
    this.#call.deadline.clear();
  }
}
