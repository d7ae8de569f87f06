import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../journal/process-identity.ts';
import type { RecordedEventOf } from '../schema/events.ts';
import { LineSplitter } from './lines.ts';
import { type ParsedLine, parseLine } from './parse-line.ts';
import { ownersOf, segmentPaths } from './segment-paths.ts';

/** A line of a segment: its file, and its number there, from 1. */
export type JournalLine = ParsedLine & { path: string; number: number };

export interface FollowOptions {
  /** Goes on with what is written until the run ends or its processes are gone; default: stops at the end of the files. */
  follow?: boolean;
  /** How often files that have not grown are looked at again; default 100. */
  pollMs?: number;
  /** Ends the iteration. */
  signal?: AbortSignal;
}

/**
 * The lines of a run in order, each as soon as it is whole; segments of other processes in between by time, those that continue
 * the run one after the other, also when they begin while it is followed. A last line that stays torn is `damaged`.
 *
 * @param journal path of the root segment
 */
export async function* followJournal(
  journal: string,
  { follow = false, pollMs = 100, signal }: FollowOptions = {},
): AsyncGenerator<JournalLine, void, void> {
  const segments = new Map<string, SegmentReader>();
  try {
    for (let last = !follow; !signal?.aborted; ) {
      const paths = [journal, ...segmentPaths(journal)];
      const ownerPaths = paths.slice(0, ownersOf(paths));
      for (const path of paths)
        if (!segments.has(path) && existsSync(path)) segments.set(path, await openSegment(path));
      let read = false;
      const owners = ownerPaths.flatMap((path) => segments.get(path) ?? []);
      for await (const line of inOrder([...segments.values()], owners)) {
        if (signal?.aborted) return;
        read = true;
        yield line;
      }
      if (read) continue;
      const owner = owners.findLast(({ begun }) => begun) ?? owners[0];
      if (last || owner?.ended) break;
      // Once more when they are gone: they may have written between the last look and the question.
      const replaced = owners.filter((segment) => segment !== owner);
      last = !(await isAnyAlive([...segments.values()].filter((segment) => !replaced.includes(segment))));
      if (!last) await sleep(pollMs, undefined, { signal }).catch(() => {});
    }
    for (const segment of segments.values()) yield* segment.rest();
  } finally {
    for (const { file } of segments.values()) await file.close();
  }
}

/** All that is there now, the earliest first; of those that have owned the run, nothing while one before has more. */
async function* inOrder(
  segments: readonly SegmentReader[],
  owners: readonly SegmentReader[],
): AsyncGenerator<JournalLine, void, void> {
  const atEnd = new Set<SegmentReader>();
  for (;;) {
    let next: SegmentReader | undefined;
    for (const segment of segments) {
      if (segment.head === undefined && !atEnd.has(segment) && !(await segment.fill())) atEnd.add(segment);
    }
    const owner = owners.find(({ head }) => head !== undefined);
    // Whatever the clocks say: it comes after them.
    for (const before of owners.slice(0, owner && owners.indexOf(owner)))
      if (owner !== undefined && before.at > owner.at) owner.at = before.at;
    for (const segment of segments) {
      if (segment.head === undefined || (segment !== owner && owners.includes(segment))) continue;
      if (next === undefined || segment.at < next.at) next = segment;
    }
    const line = next?.take();
    if (line === undefined) return;
    yield line;
  }
}

async function openSegment(path: string): Promise<SegmentReader> {
  return new SegmentReader(path, await open(path, 'r'));
}

/** Reads one growing file. */
class SegmentReader {
  readonly file: FileHandle;
  readonly #path: string;
  readonly #lines = new LineSplitter();
  readonly #buffer = Buffer.allocUnsafe(256 * 1024);
  #ahead: JournalLine[] = [];
  #next = 0;
  #number = 0;
  header: RecordedEventOf<'segment.start'> | undefined;
  ended = false;
  /** Has any record. */
  begun = false;
  /** Time of the head, never before that of a line ahead of it. */
  at = '';

  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.file = file;
  }

  get head(): JournalLine | undefined {
    return this.#ahead[this.#next];
  }

  take(): JournalLine | undefined {
    const line = this.#ahead[this.#next++];
    this.#look();
    return line;
  }

  /** Reads on until there is a head. Returns whether there is one. */
  async fill(): Promise<boolean> {
    this.#ahead = [];
    this.#next = 0;
    while (this.#ahead.length === 0) {
      const { bytesRead } = await this.file.read(this.#buffer, 0, this.#buffer.length, null);
      if (bytesRead === 0) return false;
      for (const text of this.#lines.push(this.#buffer.subarray(0, bytesRead))) this.#add(text);
    }
    this.#look();
    return true;
  }

  *rest(): Generator<JournalLine> {
    const text = this.#lines.rest();
    if (text !== '') yield { ...parseLine(text), path: this.#path, number: this.#number + 1 };
  }

  #add(text: string): void {
    this.#number++;
    if (text === '') return;
    const line = parseLine(text);
    if (line.kind === 'event') this.begun = true;
    if (line.kind === 'event' && line.event.type === 'segment.start') this.header ??= line.event;
    if (line.kind === 'event' && line.event.type === 'run.end') this.ended = true;
    this.#ahead.push({ ...line, path: this.#path, number: this.#number });
  }

  #look(): void {
    const { head } = this;
    if (head?.kind === 'event' && head.event.at > this.at) this.at = head.event.at;
  }
}

async function isAnyAlive(segments: Iterable<SegmentReader>): Promise<boolean> {
  for (const { header, file } of segments)
    if (header !== undefined && isAlive(header) && (await file.stat()).nlink > 0) return true;
  return false;
}
