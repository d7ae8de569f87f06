import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from './load-packages.ts';
import { RedisLink, type RedisLinkOptions } from './redis-link.ts';

/** An entry of a stream: its id, and its fields in bytes. */
export interface StreamEntry {
  id: string;
  fields: ReadonlyMap<string, Buffer>;
}

export type EntryHandler = (entries: readonly StreamEntry[]) => void;

/** How many entries of a stream are taken at once. */
const AT_ONCE = 500;
/** How long one question waits for news, in milliseconds. */
const BLOCK_MS = 2_000;

/** Reads any number of streams over one connection, each from where it is told to on. */
export class StreamReader {
  readonly #link: RedisLink;
  readonly #wakeKey: string;
  readonly #wake: () => Promise<unknown>;
  readonly #streams = new Map<string, { lastId: string; handle: EntryHandler }>();
  readonly #onTrouble: (error: unknown) => void;
  readonly #asBuffers: Record<number, typeof Buffer>;
  #wakeId = '$';
  #isWaking = false;
  #isClosed = false;
  #loop: Promise<void> | undefined;

  private constructor(redis: Redis, link: RedisLink, options: StreamReaderOptions) {
    this.#link = link;
    this.#wakeKey = options.wakeKey;
    this.#wake = options.wake;
    this.#onTrouble = options.onTrouble;
    this.#asBuffers = { [redis.RESP_TYPES.BLOB_STRING]: Buffer };
  }

  /** @throws RedisUnavailableError when no server answers in time */
  static async open(redis: Redis, options: StreamReaderOptions): Promise<StreamReader> {
    const link = await RedisLink.open(redis, options.link);
    return new StreamReader(redis, link, options);
  }

  /** @param from what comes after this id is read */
  add(stream: string, from: string, handle: EntryHandler): void {
    this.#streams.set(stream, { lastId: from, handle });
    this.#loop ??= this.#read();
    this.#interrupt();
  }

  remove(stream: string): void {
    this.#streams.delete(stream);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#link.destroy();
    await this.#loop;
  }

  /** Has the question that is waiting asked again. */
  #interrupt(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    // Without a connection there is no question waiting either.
    this.#wake()
      .catch(() => {})
      .finally(() => {
        this.#isWaking = false;
      });
  }

  async #read(): Promise<void> {
    while (!this.#isClosed) {
      try {
        const streams = [...this.#streams];
        const reply = await this.#link.client.sendCommand(
          [
            ...['XREAD', 'COUNT', String(AT_ONCE), 'BLOCK', String(BLOCK_MS), 'STREAMS'],
            ...[this.#wakeKey, ...streams.map(([key]) => key)],
            ...[this.#wakeId, ...streams.map(([, { lastId }]) => lastId)],
          ],
          { typeMapping: this.#asBuffers },
        );
        for (const [key, entries] of toStreams(reply)) this.#take(key, entries);
      } catch (error) {
        if (this.#isClosed) return;
        // A broken connection comes back; anything else is told of.
        if (this.#link.client.isReady) this.#onTrouble(error);
        await wait(50);
      }
    }
  }

  #take(key: string, entries: readonly StreamEntry[]): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    if (key === this.#wakeKey) {
      this.#wakeId = last.id;
      return;
    }
    const stream = this.#streams.get(key);
    if (stream === undefined) return;
    stream.lastId = last.id;
    try {
      stream.handle(entries);
    } catch (error) {
      this.#onTrouble(error);
    }
  }
}

export interface StreamReaderOptions {
  link: RedisLinkOptions;
  /** The stream to which `wake` appends, so that a question that waits is answered. */
  wakeKey: string;
  wake: () => Promise<unknown>;
  onTrouble: (error: unknown) => void;
}

/** The reply of XREAD: pairs in RESP 2, a map in RESP 3, nothing when nothing came. */
function toStreams(reply: unknown): [string, StreamEntry[]][] {
  return pairs(reply).map(([key, entries]) => [String(key), (entries as [Buffer, Buffer[]][]).map(toEntry)]);
}

function toEntry([id, flat]: [Buffer, Buffer[]]): StreamEntry {
  const fields = new Map<string, Buffer>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(String(flat[i]), flat[i + 1] as Buffer);
  return { id: String(id), fields };
}

function pairs(reply: unknown): [unknown, unknown][] {
  if (reply === null || reply === undefined) return [];
  if (reply instanceof Map) return [...reply];
  if (!Array.isArray(reply)) return Object.entries(reply);
  if (reply.every((item) => Array.isArray(item) && item.length === 2 && Array.isArray(item[1])))
    return reply as [unknown, unknown][];
  const flat: [unknown, unknown][] = [];
  for (let i = 0; i + 1 < reply.length; i += 2) flat.push([reply[i], reply[i + 1]]);
  return flat;
}
