import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { blobsIn } from './blob-files.ts';
import { fromBlob, fromLines } from './record-entry.ts';

/** How long records wait for a coordinator, in milliseconds. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** Bytes of a segment that go in one entry. */
const CHUNK_BYTES = 256 * 1024;

export interface SegmentShipperOptions {
  link: RedisLink;
  keys: RedisKeys;
  runId: string;
  segment: { id: string; path: string };
  /** Whether a last line without its end is sent, too: only of one that nobody writes any more. */
  isDead?: boolean;
}

/** Sends what is in a segment's file to whoever collects the run, from a place in the file on. */
export class SegmentShipper {
  readonly #options: SegmentShipperOptions;
  readonly #blobs = new Set<string>();
  #offset = 0;
  #file: FileHandle | undefined;
  #shipping: Promise<void> | undefined;
  /** Whether the connection was gone, so that it is not known what has arrived. */
  #isUnsure = true;

  constructor(options: SegmentShipperOptions) {
    this.#options = options;
  }

  /** Bytes that were sent. */
  get offset(): number {
    return this.#offset;
  }

  /** The connection was gone: what the coordinator has is asked before more is sent. */
  doubt(): void {
    this.#isUnsure = true;
  }

  /**
   * Sends up to there. What others ask for meanwhile goes along.
   *
   * @throws RedisUnavailableError when Redis does not answer in time; the file system's error
   */
  async shipTo(bytes: number): Promise<void> {
    while (this.#offset < bytes || this.#isUnsure) {
      this.#shipping ??= this.#ship(bytes).finally(() => {
        this.#shipping = undefined;
      });
      await this.#shipping;
    }
  }

  async close(): Promise<void> {
    await this.#shipping?.catch(() => {});
    await this.#file?.close();
    this.#file = undefined;
  }

  async #ship(bytes: number): Promise<void> {
    const { link, keys, runId, segment } = this.#options;
    if (this.#isUnsure) {
      const have = await link.persist((client) => client.hGet(keys.have(runId), segment.id));
      this.#isUnsure = false;
      this.#offset = Number(have ?? 0);
    }
    this.#file ??= await open(segment.path, 'r');
    while (this.#offset < bytes) {
      const lines = await this.#read(this.#file, bytes);
      await this.#shipBlobs(lines);
      // Sent twice it is passed over once: it has its place in the segment.
      await link.persist((client) =>
        client.sendCommand(['XADD', keys.records(runId), '*', ...fromLines(segment.id, this.#offset, lines)]),
      );
      // A run that nobody collects any more does not stay for ever.
      if (this.#offset === 0) await link.persist((client) => client.pExpire(keys.records(runId), KEPT_MS));
      this.#offset += lines.length;
    }
  }

  /** The next whole lines; of a dead segment also what is left of one. */
  async #read(file: FileHandle, upTo: number): Promise<Buffer> {
    const { segment, isDead = false } = this.#options;
    for (let size = CHUNK_BYTES; ; size *= 2) {
      const wanted = Math.min(size, upTo - this.#offset);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, this.#offset);
      if (bytesRead === 0) throw new Error(`${segment.path} is shorter than it was: somebody has changed it`);
      const read = buffer.subarray(0, bytesRead);
      const whole = read.lastIndexOf(10) + 1;
      if (whole > 0) return read.subarray(0, whole);
      if (this.#offset + bytesRead >= upTo && (isDead || bytesRead === wanted)) return read;
    }
  }

  async #shipBlobs(lines: Buffer): Promise<void> {
    const { link, keys, runId, segment } = this.#options;
    for (const sha256 of blobsIn(lines)) {
      if (this.#blobs.has(sha256)) continue;
      if (!(await link.persist((client) => client.hExists(keys.have(runId), `blob:${sha256}`)))) {
        const data = readBlob(join(dirname(segment.path), 'blobs', sha256));
        if (data !== undefined)
          await link.persist((client) =>
            client.sendCommand(['XADD', keys.records(runId), '*', ...fromBlob(sha256, data)]),
          );
      }
      this.#blobs.add(sha256);
    }
  }
}

/** A record may name a blob whose file somebody has deleted; its line is sent all the same. */
function readBlob(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
