import { ChatAssembly, type FinishReason, type WireCompletion } from '@pd/call-log/openai-wire';
import type { Backend } from './backend/backend.ts';
import { toFailure } from './call/failure.ts';
import type { PreparedCall } from './call/prepare-call.ts';
import { type ChatResult, type TokenUsage, toChatResult } from './chat-result.ts';
import { StreamLeftError } from './errors/stream-left-error.ts';
import { TruncatedReplyError } from './errors/truncated-reply-error.ts';

/** One piece of a reply as it comes. `usage` and `finish` come last, when the call's end is on record. */
export type StreamPart =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'tool-call-delta'; index: number; id?: string; name?: string; arguments: string }
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
  readonly #assembly = new ChatAssembly();
  readonly #chunks = { ends: [] as number[], at_ms: [] as number[] };
  readonly #source: Promise<AsyncIterator<WireCompletion>>;
  readonly #result = Promise.withResolvers<ChatResult>();
  readonly #ready: StreamPart[] = [];
  #firstChunkMs: number | undefined;
  #textLength = 0;
  #done = false;
  #taken = false;

  /** Made by `client.stream()`. */
  constructor(backend: Backend, call: PreparedCall) {
    this.#call = call;
    this.callId = call.record.id;
    this.#source = this.#open(backend);
    // Whoever reads the stream or asks for the result gets the error; nobody has to.
    this.#source.catch((cause: unknown) => this.#fail(cause));
    // The call ends when it is aborted or late, even if nobody is reading.
    const { signal } = call.deadline;
    signal.addEventListener('abort', () => this.#fail(signal.reason), { once: true });
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

  async #open(backend: Backend): Promise<AsyncIterator<WireCompletion>> {
    const { deadline, request } = this.#call;
    deadline.signal.throwIfAborted();
    const chunks = await backend.stream(request);
    return chunks[Symbol.asyncIterator]();
  }

  async #next(): Promise<IteratorResult<StreamPart, undefined>> {
    try {
      while (this.#ready.length === 0 && !this.#done) await this.#pull();
    } catch (cause) {
      this.#fail(cause);
    }
    const part = this.#ready.shift();
    if (part !== undefined) return { done: false, value: part };
    // Rejects after a failure, at every further read; after the end there is nothing more.
    await this.#result.promise;
    return { done: true, value: undefined };
  }

  async #pull(): Promise<void> {
    const source = await this.#source;
    const { done, value } = await source.next();
    // Some servers end a stream politely when they are cut off by an abort.
    this.#call.deadline.signal.throwIfAborted();
    // A read that ran beside this one has ended the call.
    if (this.#done) return;
    if (done) this.#finish();
    else this.#take(value);
  }

  #take(chunk: WireCompletion): void {
    const { text, reasoning, toolCalls } = this.#assembly.push(chunk);
    const elapsed = this.#call.record.elapsedMs();
    if (text !== '' || reasoning !== '' || toolCalls.length > 0) this.#firstChunkMs ??= elapsed;
    if (reasoning !== '') this.#ready.push({ type: 'reasoning-delta', text: reasoning });
    if (text !== '') {
      this.#call.record.text(text);
      this.#textLength += text.length;
      this.#chunks.ends.push(this.#textLength);
      this.#chunks.at_ms.push(Math.round(elapsed));
      this.#ready.push({ type: 'text-delta', text });
    }
    for (const delta of toolCalls) this.#ready.push({ type: 'tool-call-delta', ...delta });
  }

  #finish(): void {
    const result = this.#soFar();
    if (!this.#assembly.complete) throw new TruncatedReplyError(result);
    this.#call.record.end({ status: 'ok', ...this.#outcome() });
    this.#close();
    const { usage, finishReason, finishReasonRaw } = result;
    this.#ready.push({ type: 'usage', usage });
    this.#ready.push({ type: 'finish', reason: finishReason, raw: finishReasonRaw });
    this.#result.resolve(result);
  }

  /** Ends the call as failed; the first failure stays. */
  #fail(cause: unknown): void {
    if (this.#done) return;
    const { status, error, thrown } = toFailure(cause, this.#call.deadline.signal, this.callId);
    this.#call.record.end({ status, error, ...this.#outcome() });
    this.#close();
    this.#result.reject(thrown);
  }

  async #leave(): Promise<IteratorResult<StreamPart, undefined>> {
    if (!this.#done) {
      const left = new StreamLeftError();
      this.#call.deadline.abort(left);
      this.#fail(left);
      const source = await this.#source.catch(() => undefined);
      await source?.return?.()?.catch(() => {});
    }
    return { done: true, value: undefined };
  }

  #close(): void {
    this.#done = true;
    this.#call.deadline.clear();
  }

  #soFar(): ChatResult {
    return toChatResult(
      this.callId,
      this.#assembly.reply(),
      this.#assembly.usage,
      this.#call.record.elapsedMs(),
    );
  }

  #outcome() {
    return {
      reply: this.#assembly.reply(),
      usage: this.#assembly.usage,
      ...(this.#firstChunkMs !== undefined && { timeToFirstChunkMs: this.#firstChunkMs }),
      ...(this.#chunks.ends.length > 0 && { chunks: this.#chunks }),
    };
  }
}
