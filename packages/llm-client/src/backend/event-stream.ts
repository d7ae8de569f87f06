import { APIError } from 'openai';
import { EventLines, type ServerEvent } from './event-lines.ts';

/** OpenAI's own end of a stream; what comes after it is not looked at. */
const DONE = '[DONE]';

/** How long a server may take to end its reply after that, so that its connection can be used again, in milliseconds. */
const LINGER_MS = 1_000;

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * The JSON of a stream of server-sent events, read as the SDK reads it, for a third of the work: no generators within each
 * other, and text is decoded piece by piece instead of line by line. Leaving early, and an error, end the request.
 */
export class EventStream<Part> implements AsyncIterableIterator<Part, undefined> {
  readonly #reader: Reader;
  readonly #headers: Headers;
  readonly #read: (data: unknown) => Part;
  readonly #toThrown: (cause: unknown) => unknown;
  readonly #endsAtGarbage: boolean;
  readonly #lines = new EventLines();
  #ready: ServerEvent[] = [];
  /** Of the next one in `#ready`. */
  #at = 0;
  #ended = false;
  #left = false;

  /**
   * @param read makes a part of an event's JSON
   * @param toThrown makes what the iteration throws of what went wrong
   * @param endsAtGarbage what is no JSON is where the reply was cut, and ends it: whether what had come is whole is for others to
   * say. Default: it is thrown
   * @throws {TypeError} for an answer without a body
   */
  constructor(
    { body, headers }: Response,
    read: (data: unknown) => Part,
    toThrown: (cause: unknown) => unknown,
    endsAtGarbage = false,
  ) {
    if (body === null) throw toThrown(new TypeError('the answer has no body'));
    this.#reader = body.getReader();
    this.#headers = headers;
    this.#read = read;
    this.#toThrown = toThrown;
    this.#endsAtGarbage = endsAtGarbage;
  }

  /**
   * @throws {APIError} for an error in the stream, {SyntaxError} for what is no JSON, and what reading the body throws; each as
   * `toThrown` makes it
   */
  async next(): Promise<IteratorResult<Part, undefined>> {
    try {
      while (!this.#left) {
        const event = this.#ready[this.#at];
        if (event !== undefined) {
          this.#at++;
          if (event.data === DONE) return this.#finish();
          return { done: false, value: this.#read(this.#parse(event)) };
        }
        if (this.#ended) break;
        await this.#more();
      }
      return { done: true, value: undefined };
    } catch (cause) {
      const end = await this.return();
      if (this.#endsAtGarbage && cause instanceof SyntaxError) return end;
      throw this.#toThrown(cause);
    }
  }

  async return(): Promise<IteratorResult<Part, undefined>> {
    this.#left = true;
    await this.#reader.cancel().catch(() => {});
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read();
    const events = done ? this.#lines.end() : this.#lines.push(value);
    // A read that ran beside this one may have left some.
    this.#ready = this.#at === this.#ready.length ? events : [...this.#ready.slice(this.#at), ...events];
    this.#at = 0;
    if (done) this.#ended = true;
  }

  #parse({ name, data }: ServerEvent): unknown {
    const parsed: unknown = JSON.parse(data);
    const error = errorOf(parsed);
    if (name === 'error' || error)
      throw new APIError(undefined, error ?? Object(parsed), undefined, this.#headers);
    return parsed;
  }

  #finish(): IteratorResult<Part, undefined> {
    this.#left = true;
    void letEnd(this.#reader);
    return { done: true, value: undefined };
  }
}

function errorOf(parsed: unknown): object | undefined {
  return (parsed as { error?: object } | null)?.error;
}

/** Reads what is left of a reply, a moment long: a reply that is cut off takes its connection with it. */
async function letEnd(reader: Reader): Promise<void> {
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), LINGER_MS);
  timer.unref();
  try {
    while (!(await reader.read()).done);
  } catch {
    // The reply is whole; what becomes of the connection is nobody's trouble.
  } finally {
    clearTimeout(timer);
  }
}
