import type { CallNode, Chunks } from '@pd/call-log/schema';
import type { ReplyResult } from '../chat-result.ts';
import type { EndPart } from '../chat-stream.ts';
import { StreamLeftError } from '../errors/stream-left-error.ts';
import { Attempts, type Received } from './attempts.ts';
import type { PreparedCall } from './prepare-call.ts';
import type { StreamKind, StreamSource } from './stream-kind.ts';
import type { StreamedReply } from './streamed-reply.ts';

/** A reply as it comes from a server. The call ends when it is aborted or late, even if nobody is reading. */
export class LiveStream<Chunk, Part, Result extends ReplyResult> implements StreamSource<Part, Result> {
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
  /** Nothing of the call is on record yet, nor may be: what is on record of its run comes first. */
  #isHeld: boolean;
  /** Whether parts were handed out of what came to an earlier process. */
  #isRepeated = false;

  constructor(call: PreparedCall, kind: StreamKind<Chunk, Part, Result>) {
    this.#call = call;
    this.#kind = kind;
    this.#reply = kind.createReply();
    this.#attempts = new Attempts(call);
    this.callId = call.record.id;
    this.#isHeld = call.hold !== undefined;
    if (call.begunBefore !== undefined) this.#repeat(call.begunBefore);
    this.#source = this.#open();
    const { signal } = call.deadline;
    signal.addEventListener('abort', () => this.#fail(signal.reason, this.#reply), { once: true });
    this.#result.promise.catch(() => {});
  }

  get result(): Promise<Result> {
    return this.#result.promise;
  }

  #open(): Promise<AsyncIterator<Chunk>> {
    const opening = (async () => {
      const { cache, hold } = this.#call;
      if (hold !== undefined) await this.#released(hold);
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

  async #released(hold: () => Promise<void>): Promise<void> {
    await hold();
    this.#isHeld = false;
    if (this.#isRepeated) this.#ready.push({ type: 'restart' });
  }

  /** What an earlier process of the run was given of the reply, whose reader may leave where it left then. */
  #repeat(call: CallNode): void {
    this.#ready.push(...this.#kind.recorded(call));
    this.#isRepeated = this.#ready.length > 0;
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

  async next(): Promise<IteratorResult<Part | EndPart, undefined>> {
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
    if (this.#isHeld) {
      this.#close();
      this.#result.reject(this.#call.deadline.signal.aborted ? this.#call.deadline.signal.reason : cause);
      return Promise.resolve();
    }
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

  async leave(): Promise<IteratorResult<Part | EndPart, undefined>> {
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
