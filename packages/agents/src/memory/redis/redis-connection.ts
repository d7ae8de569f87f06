import { setTimeout as wait } from 'node:timers/promises';
import { MemoryStoreError } from '../../errors/memory-store-error.ts';
import { untilAborted } from '../until-aborted.ts';
import type { Script } from './scripts.ts';
import { isPassing, replyError } from './to-memory-store-error.ts';

type Redis = typeof import('redis');
type Client = ReturnType<Redis['createClient']>;

export interface RedisConnectionOptions {
  url: string;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** Longest pause between two tries to connect, in milliseconds. */
const LONGEST_PAUSE = 1_000;

/** A connection that comes back by itself, and on which nothing waits for longer than the timeout. */
export class RedisConnection {
  /** Where it leads, without user and password. */
  readonly place: string;
  readonly #redis: Redis;
  readonly #client: Client;
  readonly #timeoutMs: number;
  #trouble: Error | undefined;
  /** Resolves at the next change of state. */
  #changed = Promise.withResolvers<void>();

  private constructor(redis: Redis, { url, timeoutMs }: RedisConnectionOptions) {
    this.#redis = redis;
    this.#timeoutMs = timeoutMs;
    this.place = new URL(url).host;
    this.#client = redis.createClient({
      url,
      // Whoever asks decides how long to wait; a queue would send changes that were given up long ago.
      disableOfflineQueue: true,
      // A server that has fallen silent is left, and looked for again.
      pingInterval: timeoutMs,
      socket: {
        connectTimeout: timeoutMs,
        socketTimeout: timeoutMs * 3,
        reconnectStrategy: (retries) =>
          Math.min(25 * 2 ** Math.min(retries, 10), LONGEST_PAUSE) * (0.5 + Math.random() / 2),
      },
    });
    this.#client.on('error', (error: Error) => {
      this.#trouble = error;
      this.#notify();
    });
    this.#client.on('ready', () => this.#notify());
  }

  /** @throws {MemoryStoreError} when no server answers in time, or it lets nobody in */
  static async open(redis: Redis, options: RedisConnectionOptions): Promise<RedisConnection> {
    const connection = new RedisConnection(redis, options);
    try {
      // It tries for ever; `#ready` does not.
      connection.#client.connect().catch((error: Error) => {
        connection.#trouble = error;
        connection.#notify();
      });
      await connection.#ready(performance.now() + options.timeoutMs, options.signal, { first: true });
      return connection;
    } catch (error) {
      connection.#client.destroy();
      throw error;
    }
  }

  /**
   * Runs a program. Where the connection breaks before the answer, it is run again, because each of them does the same the
   * second time; a program that does not says so.
   */
  async run(
    script: Script,
    keys: string[],
    values: string[],
    signal: AbortSignal | undefined,
    { repeatable = true }: { repeatable?: boolean } = {},
  ): Promise<unknown> {
    const deadline = performance.now() + this.#timeoutMs;
    // Whether something was sent whose answer never came.
    let unknown = false;
    for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      await this.#ready(deadline, signal, { unknown });
      try {
        return await this.#answer(this.#evaluate(script, keys, values), deadline, signal);
      } catch (error) {
        if (error instanceof MemoryStoreError || signal?.aborted) throw error;
        if (error instanceof this.#redis.ErrorReply) {
          const refused = replyError(error, this.place, unknown);
          if (!isPassing(error) || performance.now() + pause > deadline) throw refused;
        } else if (!(error instanceof this.#redis.ClientOfflineError)) {
          unknown = true;
          if (!repeatable)
            throw this.#unavailable('the connection broke before the answer came', true, error);
          this.#trouble = error instanceof Error ? error : new Error(String(error));
        }
      }
      await wait(pause, undefined, { signal }).catch(() => {});
    }
  }

  async close(): Promise<void> {
    // What is under way gets its answer first, for as long as it may take.
    if (this.#client.isReady)
      await Promise.race([
        this.#client.close().catch(() => {}),
        wait(this.#timeoutMs, undefined, { ref: false }),
      ]);
    if (this.#client.isOpen) this.#client.destroy();
  }

  async #evaluate({ source, sha }: Script, keys: string[], values: string[]): Promise<unknown> {
    const options = { keys, arguments: values };
    try {
      return await this.#client.evalSha(sha, options);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return this.#client.eval(source, options);
    }
  }

  /** Waits for an answer, not longer than to the deadline. */
  async #answer<T>(work: Promise<T>, deadline: number, signal: AbortSignal | undefined): Promise<T> {
    work.catch(() => {});
    const timer = new AbortController();
    const late = wait(Math.max(0, deadline - performance.now()), undefined, { signal: timer.signal }).then(
      () => {
        throw this.#unavailable(`it did not answer within ${this.#timeoutMs} ms`, true);
      },
    );
    late.catch(() => {});
    try {
      return await untilAborted(Promise.race([work, late]), signal);
    } finally {
      timer.abort();
    }
  }

  /** Waits until there is a connection, not longer than to the deadline. */
  async #ready(
    deadline: number,
    signal: AbortSignal | undefined,
    { first = false, unknown = false }: { first?: boolean; unknown?: boolean },
  ): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.#client.isReady) return;
      // Refused at the door. Later it may be a server that is just starting.
      if (first && this.#trouble instanceof this.#redis.ErrorReply && !isPassing(this.#trouble))
        throw replyError(this.#trouble, this.place, false);
      const left = deadline - performance.now();
      if (left <= 0)
        throw this.#unavailable(`there is no connection, for ${this.#timeoutMs} ms`, unknown, this.#trouble);
      const timer = new AbortController();
      const changed = Promise.race([
        this.#changed.promise,
        wait(left, undefined, { signal: timer.signal }).catch(() => {}),
      ]);
      await untilAborted(changed, signal).finally(() => timer.abort());
    }
  }

  #unavailable(what: string, unknown: boolean, cause?: unknown): MemoryStoreError {
    const why = cause instanceof Error ? ` (${cause.message || cause.name})` : '';
    return new MemoryStoreError(
      'memory_unavailable',
      `Redis memory ${this.place}: ${what}${why}; look whether it runs, then repeat with the same ids`,
      { cause, outcome: unknown ? 'unknown' : 'not_written' },
    );
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
