import { checkURL } from '../redis/check-url.ts';
import { loadRedis } from '../redis/load-packages.ts';
import { RedisLink } from '../redis/redis-link.ts';
import type { Script } from './script.ts';

/** The connection of a shared gate, made when it is first needed. */
export class GateConnection {
  readonly #url: string;
  readonly #timeoutMs: number;
  #link: Promise<RedisLink> | undefined;

  /** @throws InvalidDistributedOptionError when the URL is none */
  constructor(url: string, timeoutMs: number) {
    checkURL(url);
    this.#url = url;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Runs a program that does the same the second time.
   *
   * @throws RedisUnavailableError when there is no answer in time; the signal's reason after an abort
   */
  async run(
    { source, sha }: Script,
    keys: string[],
    values: readonly (string | number)[],
    signal?: AbortSignal,
  ): Promise<unknown> {
    const options = { keys, arguments: values.map(String) };
    const link = await this.#open();
    return link.persist(
      async (client) => {
        try {
          return await client.evalSha(sha, options);
        } catch (error) {
          if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
          return client.eval(source, options);
        }
      },
      signal === undefined ? {} : { signal },
    );
  }

  async close(): Promise<void> {
    const link = await this.#link?.catch(() => undefined);
    await link?.close();
  }

  #open(): Promise<RedisLink> {
    if (this.#link !== undefined) return this.#link;
    const opened = loadRedis().then((redis) =>
      RedisLink.open(redis, { url: this.#url, timeoutMs: this.#timeoutMs }),
    );
    this.#link = opened;
    // The next one who asks tries again.
    opened.catch(() => {
      this.#link = undefined;
    });
    return opened;
  }
}
