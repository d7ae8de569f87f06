import type { ChatRequest } from '../chat-request.ts';
import type { ChatStream, StreamPart } from '../chat-stream.ts';
import { StreamLeftError } from '../errors/stream-left-error.ts';
import type { DeepPartial } from './deep-partial.ts';
import { GrowingReply } from './growing-reply.ts';
import { ObjectDialogue } from './object-dialogue.ts';
import type { ObjectMode, ObjectRequest } from './object-request.ts';
import type { ObjectResult } from './object-result.ts';
import type { InputOf, OutputOf, StandardSchema } from './standard-schema.ts';

/** What streaming an object needs of a client. */
export interface ObjectStreamClient {
  stream(request: ChatRequest): ChatStream;
  /** How an object can be asked for from a model; `undefined` is the client's own. */
  modeOf(model: string | undefined): ObjectMode;
}

/**
 * An object while it is written, made by `client.streamObject()`. Read it once, with `for await`, and ask for its
 * `result()` during or after that; or ask for the `result()` alone. Each object of the iteration has more in it than the one
 * before, unless the model is asked to repair its reply, which it then writes anew. They are what the model has written,
 * not validated: only the `result()` is. Nothing is read from the server faster than it is read here. Leaving the loop
 * early ends the request, on record as `aborted`.
 */
export class ObjectStream<Schema extends StandardSchema>
  implements AsyncIterable<DeepPartial<InputOf<Schema>>>
{
  /** The first call's id in the log; those of repairs are in the result. */
  readonly callId: string;
  readonly #client: ObjectStreamClient;
  readonly #dialogue: ObjectDialogue<Schema>;
  readonly #result = Promise.withResolvers<ObjectResult<OutputOf<Schema>>>();
  #stream: ChatStream;
  #parts: AsyncIterator<StreamPart, undefined>;
  #growing: GrowingReply;
  /** Whether the object is in a tool call rather than in the text. */
  #inTool = false;
  /** The read before, so that reads that are not awaited take turns. */
  #turn: Promise<unknown> = Promise.resolve();
  #taken = false;
  #done = false;

  /** @throws {RangeError | UnsupportedSchemaError | UnknownProviderError} before anything is asked */
  constructor(client: ObjectStreamClient, request: ObjectRequest<Schema>) {
    this.#client = client;
    this.#dialogue = new ObjectDialogue(request, client.modeOf);
    this.#growing = new GrowingReply(this.#dialogue.wrapped);
    this.#stream = client.stream(this.#dialogue.asked);
    this.#parts = this.#stream[Symbol.asyncIterator]();
    this.callId = this.#stream.callId;
    this.#result.promise.catch(() => {});
  }

  /**
   * The validated object, or the reply that is none: what {@link LLMClient.generateObject} resolves with. Reads the stream
   * to its end unless somebody else is reading it.
   *
   * @throws what the iteration throws; {@link StreamLeftError} when its reader left early
   */
  async result(): Promise<ObjectResult<OutputOf<Schema>>> {
    if (!this.#taken) for await (const _ of this);
    return this.#result.promise;
  }

  [Symbol.asyncIterator](): AsyncIterator<DeepPartial<InputOf<Schema>>, undefined> {
    if (this.#taken) throw new TypeError('a stream can be read once; keep its result() instead');
    this.#taken = true;
    const next = () => {
      const step = this.#turn.then(() => this.#next());
      this.#turn = step.catch(() => {});
      return step;
    };
    return { next, return: () => this.#leave() };
  }

  async #next(): Promise<IteratorResult<DeepPartial<InputOf<Schema>>, undefined>> {
    try {
      while (!this.#done) {
        const { done, value: part } = await this.#parts.next();
        if (done) await this.#finish();
        else if (this.#take(part)) {
          const value = this.#growing.value();
          if (value !== undefined) return { done: false, value: value as DeepPartial<InputOf<Schema>> };
        }
      }
    } catch (cause) {
      this.#done = true;
      this.#result.reject(cause);
    }
    // Rejects after a failure, at every further read; after the end there is nothing more.
    await this.#result.promise;
    return { done: true, value: undefined };
  }

  /** Returns whether there may be more to tell. */
  #take(part: StreamPart): boolean {
    if (part.type === 'restart') this.#begin();
    if (part.type === 'text-delta') return !this.#inTool && this.#growing.push(part.text);
    if (part.type !== 'tool-call-delta' || part.index !== 0) return false;
    // What was said before the call is not the object.
    if (!this.#inTool) this.#begin(true);
    return this.#growing.push(part.arguments);
  }

  #begin(inTool = false): void {
    this.#inTool = inTool;
    this.#growing = new GrowingReply(this.#dialogue.wrapped);
  }

  /** A call has its reply: that is the result, or the next call begins. */
  async #finish(): Promise<void> {
    const result = await this.#dialogue.take(await this.#stream.result());
    if (this.#done) return;
    if (result !== undefined) {
      this.#done = true;
      this.#result.resolve(result);
      return;
    }
    this.#begin();
    this.#stream = this.#client.stream(this.#dialogue.asked);
    this.#parts = this.#stream[Symbol.asyncIterator]();
  }

  async #leave(): Promise<IteratorResult<DeepPartial<InputOf<Schema>>, undefined>> {
    if (!this.#done) {
      this.#done = true;
      this.#result.reject(new StreamLeftError());
      await this.#parts.return?.();
    }
    return { done: true, value: undefined };
  }
}
