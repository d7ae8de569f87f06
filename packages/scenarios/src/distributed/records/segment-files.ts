import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LinesEntry } from './record-entry.ts';

/** What became of lines that came. */
export type Taken = 'written' | 'known' | 'gap' | 'foreign';

/**
 * The segments of a run that come from elsewhere, as files in the run's folder. Each is the copy of one file of a worker,
 * byte for byte: what is there already is passed over, and nothing is written that would leave a gap.
 */
export class SegmentFiles {
  readonly #folder: string;
  readonly #runId: string;
  /** Bytes of each. */
  readonly #sizes = new Map<string, number>();
  /** Those that were written to, open. */
  readonly #files = new Map<string, number>();

  /** @param dir the log's folder */
  constructor(dir: string, runId: string) {
    this.#runId = runId;
    this.#folder = join(dir, runId);
    for (const name of namesIn(this.#folder))
      if (name.endsWith('.jsonl'))
        this.#sizes.set(name.slice(0, -'.jsonl'.length), statSync(join(this.#folder, name)).size);
  }

  /** Bytes of each segment that is there. */
  get sizes(): ReadonlyMap<string, number> {
    return this.#sizes;
  }

  /** @throws the file system's error */
  take({ segment, offset, data }: LinesEntry): Taken {
    const size = this.#sizes.get(segment) ?? 0;
    if (offset > size) return 'gap';
    const news = data.subarray(size - offset);
    if (news.length === 0) return 'known';
    if (size === 0 && !this.#beginsSegment(segment, news)) return 'foreign';
    this.#append(segment, news, size);
    return 'written';
  }

  /** Gives the files back; lines that come later open them again. */
  close(): void {
    for (const fd of this.#files.values()) closeSync(fd);
    this.#files.clear();
  }

  #append(segment: string, bytes: Buffer, at: number): void {
    const fd = this.#open(segment);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      this.#sizes.set(segment, at + bytes.length);
    } catch (error) {
      // The disk is full, perhaps: what is half there would be taken for whole.
      ftruncateSync(fd, at);
      throw error;
    }
  }

  #open(segment: string): number {
    const open = this.#files.get(segment);
    if (open !== undefined) return open;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const fd = openSync(join(this.#folder, `${segment}.jsonl`), 'a', 0o600);
    this.#files.set(segment, fd);
    return fd;
  }

  /** Whether it is the beginning of this very segment of this run, and not of something else under its name. */
  #beginsSegment(segment: string, bytes: Buffer): boolean {
    const end = bytes.indexOf(10);
    try {
      const header: unknown = JSON.parse(bytes.toString('utf8', 0, end === -1 ? bytes.length : end));
      const is = (field: string, value: string) =>
        typeof header === 'object' && header !== null && (header as Record<string, unknown>)[field] === value;
      return is('type', 'segment.start') && is('run_id', this.#runId) && is('segment', segment);
    } catch {
      return false;
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
