import { setTimeout as wait } from 'node:timers/promises';
import { RedisUnavailableError } from '../errors/redis-unavailable-error.ts';
import type { Redis } from './load-packages.ts';

export type RedisClient = ReturnType<Redis['createClient']>;

export interface RedisLinkOptions {
  url: string;
  /** How long to wait for the first connection, and for one that has broken, in milliseconds. */
  timeoutMs: number;
  /**
   * Whether commands given while there is no connection wait for the next one. Only for those that do no harm when
   * they come late.
   */
  queueOffline?: boolean;
}

/** A server that says nothing for so long is gone, in milliseconds; BullMQ waits for news for 10,000 at most. */
const SILENT_MS = 20_000;
/** Longest pause between two tries to connect, in milliseconds. */
const LONGEST_PAUSE_MS = 500;

/** A connection that comes back by itself, and knows for how long it has been gone. */
export class RedisLink {
  readonly client: RedisClient;
  /** Where it leads, without user and password. */
  readonly place: string;
  readonly #redis: Redis;
  readonly #timeoutMs: number;
  readonly #onBack = new Set<() => void>();
  #downSince: number | undefined = performance.now();
  #trouble: Error | undefined;

  private constructor(redis: Redis, options: RedisLinkOptions) {
    const { url, timeoutMs, queueOffline = false } = options;
    this.#redis = redis;
    this.#timeoutMs = timeoutMs;
    this.place = new URL(url).host;
    this.client = redis.createClient({
      url,
      disableOfflineQueue: !queueOffline,
      // A server that has fallen silent is left and looked for again. Nothing here waits for news for as long as that.
      pingInterval: 5_000,
      socket: {
        connectTimeout: timeoutMs,
        socketTimeout: SILENT_MS,
        reconnectStrategy: (retries) =>
          Math.min(20 * 2 ** Math.min(retries, 10), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2),
      },
    });
    this.client.on('error', (error: Error) => {
      this.#trouble = error;
      this.#downSince ??= performance.now();
    });
    this.client.on('reconnecting', () => {
      this.#downSince ??= performance.now();
    });
    this.client.on('ready', () => {
      this.#downSince = undefined;
      for (const tell of this.#onBack) tell();
    });
  }

  /** @throws {RedisUnavailableError} when no server answers in time, or it lets nobody in */
  static async open(redis: Redis, options: RedisLinkOptions): Promise<RedisLink> {
    const link = new RedisLink(redis, options);
    try {
      // It tries for ever; we do not.
      link.client.connect().catch((error: Error) => {
        link.#trouble = error;
      });
      await link.#untilReady(options.timeoutMs);
      return link;
    } catch (error) {
      link.client.destroy();
      throw error;
    }
  }

  /** For how long there has been no connection, in milliseconds; 0 while there is one. */
  get downForMs(): number {
    return this.#downSince === undefined ? 0 : performance.now() - this.#downSince;
  }

  /** What is to be told when the connection is there again. */
  onBack(tell: () => void): void {
    this.#onBack.add(tell);
  }

  /** The error for what could not be done without a connection. */
  unavailable(what = `there has been no connection for ${Math.round(this.downForMs)} ms`) {
    return new RedisUnavailableError(this.place, what, this.#trouble);
  }

  /**
   * Does something that does the same the second time, again and again until there is an answer.
   *
   * @throws {RedisUnavailableError} when there is none within `timeoutMs`, or Redis refuses
   */
  async persist<T>(
    work: (client: RedisClient) => Promise<T>,
    { timeoutMs = this.#timeoutMs, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<T> {
    // Where the connection has been gone for longer, nobody waits for it once more.
    const deadline = Math.max(performance.now(), performance.now() + timeoutMs - this.downForMs);
    for (let pause = 5; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      signal?.throwIfAborted();
      try {
        return await work(this.client);
      } catch (error) {
        if (error instanceof this.#redis.ErrorReply && !/^(LOADING|BUSY|TRYAGAIN)/.test(error.message))
          throw new RedisUnavailableError(this.place, 'it refuses', error);
        if (performance.now() + pause > deadline)
          throw new RedisUnavailableError(this.place, `it did not answer within ${timeoutMs} ms`, error);
      }
      await wait(pause, undefined, { signal }).catch(() => {});
    }
  }

  async close(): Promise<void> {
    this.#onBack.clear();
    // What is under way gets its answer first, for as long as that may take.
    if (this.client.isReady)
      await Promise.race([this.client.close().catch(() => {}), wait(1_000, undefined, { ref: false })]);
    if (this.client.isOpen) this.client.destroy();
  }

  /** At once, without waiting for answers. */
  destroy(): void {
    this.#onBack.clear();
    if (this.client.isOpen) this.client.destroy();
  }

  async #untilReady(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!this.client.isReady) {
      const refused =
        this.#trouble instanceof this.#redis.ErrorReply && !this.#trouble.message.startsWith('LOADING');
      if (refused) throw this.unavailable('it lets nobody in');
      if (performance.now() > deadline) throw this.unavailable(`no connection within ${timeoutMs} ms`);
      await wait(10);
    }
  }
}
