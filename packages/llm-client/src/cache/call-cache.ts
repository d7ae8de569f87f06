import type { Reply } from '@pd/call-log/schema';
import type { WaitingClock } from '../call/clock.ts';
import { wait } from '../call/wait.ts';
import { fromText, type Kept, toText } from './kept.ts';
import type { ResponseCache } from './response-cache.ts';

/** How long a call waits for a cache before it does without, in milliseconds. */
const PATIENCE_MS = 1_000;

/** How replies end that are whole: not those that were filtered, nor those without a known end. */
const WHOLE: ReadonlySet<string | undefined> = new Set(['stop', 'tool-calls', 'length']);

/** Replies that were kept, as one call sees them. */
export interface KeptReplies {
  /** The reply to the same request, if there is one. */
  find(signal: AbortSignal): Promise<Kept | undefined>;
  /** Keeps what has come of the call, if it is worth it. */
  keep(kept: Kept): void;
}

/** What one call needs of its cache. */
export interface CallCacheOptions {
  cache: ResponseCache;
  /** Made when it is first needed. */
  key: () => string;
  /** Whether to ask the provider in any case. */
  refresh: boolean;
  clock: WaitingClock;
  /** Told of everything that fails. */
  onError: (error: unknown) => void;
}

/** The cache as one call sees it: whatever is wrong with it, the call goes on. */
export class CallCache implements KeptReplies {
  readonly #options: CallCacheOptions;
  #key: string | undefined;
  #asked = false;

  constructor(options: CallCacheOptions) {
    this.#options = options;
  }

  /**
   * The reply to the same request, if there is one; looked up once in a call.
   *
   * @throws the signal's reason
   */
  async find(signal: AbortSignal): Promise<Kept | undefined> {
    const { refresh, cache, key, clock, onError } = this.#options;
    if (this.#asked) return undefined;
    this.#asked = true;
    try {
      this.#key = key();
    } catch {
      // Whatever is wrong with the request, the attempt will say it.
      return undefined;
    }
    if (refresh) return undefined;
    const done = new AbortController();
    try {
      const answer = cache.get(this.#key);
      const found =
        typeof answer === 'string' || answer === undefined
          ? answer
          : await Promise.race([
              answer,
              wait(PATIENCE_MS, AbortSignal.any([signal, done.signal]), clock).then(() => {
                throw new Error(`the response cache has not answered for ${PATIENCE_MS} ms`);
              }),
            ]);
      signal.throwIfAborted();
      return found === undefined || found === null ? undefined : fromText(found);
    } catch (error) {
      signal.throwIfAborted();
      onError(error);
      return undefined;
    } finally {
      done.abort();
    }
  }

  /** Keeps a reply that is whole. Nobody waits for it. */
  keep({ reply, usage }: Kept): void {
    if (this.#key === undefined || !isWhole(reply)) return;
    const { cache, onError } = this.#options;
    try {
      Promise.resolve(cache.set(this.#key, toText({ reply, usage }))).catch(onError);
    } catch (error) {
      onError(error);
    }
  }
}

function isWhole({ message, finish_reason, other_ends = [] }: Reply): boolean {
  return (
    message !== undefined && [{ finish_reason }, ...other_ends].every((end) => WHOLE.has(end.finish_reason))
  );
}
