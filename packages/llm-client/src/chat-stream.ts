import type { FinishReason, WireCompletion } from '@pd/call-log/openai-wire';
import type { Backend } from './backend/backend.ts';
import { Attempts } from './call/attempts.ts';
import type { PreparedCall } from './call/prepare-call.ts';
import { StreamedReply } from './call/streamed-reply.ts';
import { type ChatResult, type TokenUsage, toChatResult } from './chat-result.ts';
import { StreamLeftError } from './errors/stream-left-error.ts';
import { TruncatedReplyError } from './errors/truncated-reply-error.ts';

/** One piece of a reply as it comes. `usage` and `finish` come last, when the call's end is on record. */
export type StreamPart =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'tool-call-delta'; index: number; id?: string; name?: string; arguments: string }
  /** What came before is void: another attempt begins. Only with `retry.afterFirstChunk`. */
  | { type: 'restart' }
  | { type: 'usage'; usage: TokenUsage }
  | { type: 'finish'; reason: FinishReason | undefined; raw: string | undefined };

/**
 * A reply as it comes. Read it once, with `for await`, and ask for its `result()` during or after that; or ask for
 * the `result()` alone. Nothing is read from the server faster than it is read here. Leaving the loop early ends the request, on record as `aborted`.
 */
export class ChatStream implements AsyncIterable<StreamPart> {
  /** The call's id in the log. */
  readonly callId: string;
  readonly #call: PreparedCall;
  readonly #backend: Backend;
  readonly #attempts: Attempts;
  readonly #result = Promise.withResolvers<ChatResult>();
  readonly #ready: StreamPart[] = [];
  /** Of the attempt at hand. */
  #reply = new StreamedReply();
  #source: Promise<AsyncIterator<WireCompletion>>;
  /** While it is decided what comes after a failed attempt. */
  #failing: Promise<void> | undefined;
  /** Whether text of an attempt that is void has been told. */
  #restarted = false;
  #done = false;
  #taken = false;

  /** Made by `client.stream()`. */
  constructor(backend: Backend, call: PreparedCall) {
    this.#call = call;
    this.#backend = backend;
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
  async result(): Promise<ChatResult> {
    if (!this.#taken) for await (const _ of this);
    return this.#result.promise;
  }

  [Symbol.asyncIterator](): AsyncIterator<StreamPart, undefined> {
    if (this.#taken) throw new TypeError('a ChatStream can be read once; keep its result() instead');
    this.#taken = true;
    return { next: () => this.#next(), return: () => this.#leave() };
  }

  #open(): Promise<AsyncIterator<WireCompletion>> {
    const opening = (async () => {
      const chunks = await this.#backend.stream(await this.#attempts.begin());
      return chunks[Symbol.asyncIterator]();
    })();
    // Whoever reads the stream or asks for the result gets the error; nobody has to. Without another try it is the end.
    const reply = this.#reply;
    opening.catch((cause: unknown) => this.#fail(cause, reply));
    return opening;
  }

  async #next(): Promise<IteratorResult<StreamPart, undefined>> {
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

  async #pull(reply: StreamedReply): Promise<void> {
    const source = await this.#source;
    const { done, value } = await source.next();
    // Some servers end a stream politely when they are cut off by an abort.
    this.#attempts.signal.throwIfAborted();
    // A read that ran beside this one has ended the call, or the attempt.
    if (this.#done || this.#failing !== undefined || reply !== this.#reply) return;
    if (done) this.#finish();
    else this.#take(value, reply);
  }

  #take(chunk: WireCompletion, reply: StreamedReply): void {
    const { record } = this.#call;
    for (const part of reply.take(chunk, record.elapsedMs())) {
      // A second attempt's text is no continuation of the first one's.
      if (part.type === 'text-delta' && !this.#restarted) record.text(part.text);
      this.#ready.push(part);
    }
  }

  #finish(): void {
    const { record } = this.#call;
    const received = this.#reply.received();
    if (!this.#reply.complete)
      throw new TruncatedReplyError(toChatResult(record, this.#attempts.counted(received)));
    this.#attempts.succeeded(received);
    this.#close();
    const result = toChatResult(record, received);
    const { usage, finishReason, finishReasonRaw } = result;
    this.#ready.push({ type: 'usage', usage });
    this.#ready.push({ type: 'finish', reason: finishReason, raw: finishReasonRaw });
    this.#result.resolve(result);
  }

  /**
   * The attempt has failed: there is another one, or the call is over. What is told of an attempt twice, or of one that
   * has been replaced already, counts once.
   */
  #fail(cause: unknown, failed: StreamedReply): Promise<void> {
    if (this.#done || failed !== this.#reply) return Promise.resolve();
    this.#failing ??= this.#attempts
      .failed(cause, failed.received(), failed.visible)
      .then(
        () => this.#restart(failed.visible),
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

  #restart(visible: boolean): void {
    this.#reply = new StreamedReply();
    if (visible) {
      this.#restarted = true;
      this.#ready.push({ type: 'restart' });
    }
    this.#source = this.#open();
  }

  async #leave(): Promise<IteratorResult<StreamPart, undefined>> {
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
