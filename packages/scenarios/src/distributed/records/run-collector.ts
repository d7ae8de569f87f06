import { setTimeout as wait } from 'node:timers/promises';
import type { RunShare } from '@pd/call-log';
import type { RecordsUpTo } from '../job.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamEntry, StreamReader } from '../redis/stream-reader.ts';
import { writeBlob } from './blob-files.ts';
import { toRecordEntry } from './record-entry.ts';
import { type AnnouncedSegment, announcedSegmentSchema } from './segment-announcement.ts';
import { SegmentFiles } from './segment-files.ts';

/** How long what is kept in Redis of a run outlives its last coordinator, in milliseconds: time to resume it. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** A segment of which not everything came. */
export interface MissingRecords {
  segment: string;
  /** Who writes it. */
  worker: string;
  host: string;
  /** Bytes that are here. */
  bytes: number;
}

export interface RunCollectorOptions {
  run: Pick<RunShare, 'dir'> & { id: string };
  link: RedisLink;
  reader: StreamReader;
  keys: RedisKeys;
  /** Told of what cannot be used or written. */
  onTrouble: (what: string, cause?: unknown) => void;
}

/**
 * Brings the records of a run's workers into its folder, as they come: each line once and in order, because a line has a
 * place in its segment and the file tells which is the next. What is on disk is told to the workers and taken out of Redis.
 */
export class RunCollector {
  readonly #options: RunCollectorOptions;
  readonly #files: SegmentFiles;
  readonly #waiting = new Set<{ upTo: RecordsUpTo; resolve: () => void }>();
  #lastId = '0-0';
  #isClosed = false;
  #acknowledging = false;
  readonly #news = new Map<string, string>();

  private constructor(options: RunCollectorOptions) {
    this.#options = options;
    this.#files = new SegmentFiles(options.run.dir, options.run.id);
  }

  /** @throws RedisUnavailableError when Redis does not answer in time */
  static async open(options: RunCollectorOptions): Promise<RunCollector> {
    const collector = new RunCollector(options);
    const { run, link, reader, keys } = options;
    await collector.#tellWhatIsHere();
    // A Redis that was started again may have forgotten it.
    link.onBack(() => void collector.#tellWhatIsHere().catch(() => {}));
    // From the beginning: what the coordinator before this one did not take is still there.
    reader.add(keys.records(run.id), '0-0', (entries) => collector.#take(entries));
    return collector;
  }

  /** Resolves when the records up to there are on disk. @returns whether they came in time */
  async reached(upTo: RecordsUpTo, timeoutMs: number): Promise<boolean> {
    if (this.#has(upTo)) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiter = { upTo, resolve: () => resolve(true) };
    this.#waiting.add(waiter);
    const timer = setTimeout(() => resolve(false), timeoutMs);
    const isHere = await promise;
    clearTimeout(timer);
    this.#waiting.delete(waiter);
    return isHere;
  }

  /**
   * Has workers end their segments of this run, and waits for all that is in them. What a worker left that is gone, another
   * one sends that is started in the same folder.
   *
   * @returns what did not come in time
   */
  async collect(timeoutMs: number): Promise<MissingRecords[]> {
    const { link, keys, run } = this.#options;
    const deadline = performance.now() + timeoutMs;
    for (let round = 0; ; round++) {
      const announced = await this.#announced();
      const missing = announced.filter(
        ({ segment, closed_at_bytes: bytes }) => bytes === undefined || !this.#has({ segment, bytes }),
      );
      if (missing.length === 0) return [];
      if (performance.now() > deadline)
        return missing.map(({ segment, worker, host }) => ({
          segment,
          worker,
          host,
          bytes: this.#files.sizes.get(segment) ?? 0,
        }));
      // Told again now and then, to whoever came later.
      if (round % 5 === 0)
        await link.persist((client) =>
          client.publish(keys.control, JSON.stringify({ type: 'close_run', run: run.id })),
        );
      await wait(Math.min(10 + round * 10, 100));
    }
  }

  /** Stops. What is kept in Redis of the run goes, unless records are missing that may still come. */
  async close({ keep = false } = {}): Promise<void> {
    const { link, reader, keys, run } = this.#options;
    this.#isClosed = true;
    this.#files.close();
    reader.remove(keys.records(run.id));
    if (keep) return;
    await link.persist((client) =>
      client
        .multi()
        .sRem(keys.runs, run.id)
        .del([keys.have(run.id), keys.records(run.id), keys.segments(run.id)])
        .exec(),
    );
  }

  async #tellWhatIsHere(): Promise<void> {
    if (this.#isClosed) return;
    const { link, keys, run } = this.#options;
    const have = Object.fromEntries([...this.#files.sizes].map(([id, size]) => [id, String(size)]));
    await link.persist((client) =>
      client
        .multi()
        // A field of its own, so that the hash is there with nothing in it.
        .hSet(keys.have(run.id), { '': '1', ...have })
        .pExpire(keys.have(run.id), KEPT_MS)
        .sAdd(keys.runs, run.id)
        .exec(),
    );
  }

  async #announced(): Promise<AnnouncedSegment[]> {
    const { link, keys, run } = this.#options;
    const all = await link.persist((client) => client.hGetAll(keys.segments(run.id)));
    return Object.values(all).flatMap((text) => {
      const { data } = announcedSegmentSchema.safeParse(JSON.parse(text));
      return data === undefined ? [] : [data];
    });
  }

  #has({ segment, bytes }: RecordsUpTo): boolean {
    return (this.#files.sizes.get(segment) ?? 0) >= bytes;
  }

  #take(entries: readonly StreamEntry[]): void {
    for (const entry of entries) {
      try {
        this.#takeOne(entry);
      } catch (cause) {
        // What is not on disk is not acknowledged, and its worker sends it again.
        this.#options.onTrouble(`records of run ${this.#options.run.id} could not be written`, cause);
      }
      this.#lastId = entry.id;
    }
    for (const { upTo, resolve } of this.#waiting) if (this.#has(upTo)) resolve();
    this.#acknowledge();
  }

  #takeOne(raw: StreamEntry): void {
    const { run, onTrouble } = this.#options;
    const entry = toRecordEntry(raw);
    if (entry === undefined) {
      onTrouble(`entry ${raw.id} of run ${run.id} is no record and is dropped`);
      return;
    }
    if (entry.type === 'blob') {
      if (writeBlob(run.dir, run.id, entry)) this.#news.set(`blob:${entry.sha256}`, '1');
      else onTrouble(`blob ${entry.sha256} of run ${run.id} has other bytes and is dropped`);
      return;
    }
    const { segment } = entry;
    const taken = this.#files.take(entry);
    if (taken === 'foreign') onTrouble(`segment ${segment} is not one of run ${run.id} and is dropped`);
    // After a gap, too: whoever sends it looks at what is here, and begins there.
    this.#news.set(segment, String(this.#files.sizes.get(segment) ?? 0));
  }

  /** One at a time; what comes meanwhile goes with the next. */
  async #acknowledge(): Promise<void> {
    if (this.#acknowledging || this.#news.size === 0) return;
    this.#acknowledging = true;
    const { link, keys, run, onTrouble } = this.#options;
    try {
      while (this.#news.size > 0) {
        const news = Object.fromEntries(this.#news);
        const lastId = this.#lastId;
        this.#news.clear();
        await link.persist((client) =>
          client
            .multi()
            .hSet(keys.have(run.id), news)
            .xTrim(keys.records(run.id), 'MINID', nextId(lastId))
            .exec(),
        );
      }
    } catch (cause) {
      onTrouble(`what has come of run ${run.id} could not be taken out of Redis`, cause);
    } finally {
      this.#acknowledging = false;
    }
  }
}

/** The smallest id after this one. */
function nextId(id: string): string {
  const [time, count = '0'] = id.split('-');
  return `${time}-${BigInt(count) + 1n}`;
}
