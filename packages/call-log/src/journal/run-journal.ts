import { join } from 'node:path';
import { type BinaryParts, createBinaryParts } from '../blob/binary-parts.ts';
import { blobFolder } from '../blob/blob-paths.ts';
import { BlobWriter } from '../blob/blob-writer.ts';
import { RunExistsError } from '../errors/run-exists-error.ts';
import type { AgentRef, RunEnding } from '../schema/common.ts';
import type { JsonValue } from '../schema/json.ts';
import { type AppendFile, createAppendFile, createAppendFileWith } from './append-file.ts';
import { createPlain } from './create-plain.ts';
import { firstLines } from './first-lines.ts';
import { KnownAgents } from './known-agents.ts';
import { MessageStore } from './message-store.ts';
import { recordLine } from './record-line.ts';
import type { Redactor } from './redactor.ts';
import type { RunJournalOptions, Unplaced } from './run-journal-options.ts';
import type { PlainJson } from './to-plain-json.ts';

/** How long it may go unnoticed that the file was deleted. */
const LOOK_EVERY_MS = 250;

/** One process's segment of a run: the file, its sequence, who is known in it, what has been stored in it. */
export class RunJournal {
  readonly id: string;
  readonly dir: string;
  /** Where readers find the run: its root, or this segment of a run that others began. */
  readonly journalPath: string;
  readonly treePath: string;
  readonly messages = new MessageStore();
  /** Counted here and written as an `audit` record, because the lost records cannot tell. */
  dropped = 0;
  overheadUs = 0;
  readonly #options: RunJournalOptions;
  /** The file of this segment. */
  readonly #path: string;
  readonly #agents = new KnownAgents();
  /** The first lines, until they are written. */
  #head: Unplaced[];
  #file: AppendFile | undefined;
  #seq = 0;
  /** Records in the file. */
  #written = 0;
  /** Lines that wait to be written together. */
  #held: string[] | undefined;
  #lookedAt = 0;
  #ended = false;

  /**
   * @throws {RunExistsError} when the segment is there already; any other trouble is counted, not thrown, unless it
   * continues a run, which nobody may do who cannot say so
   */
  constructor(options: RunJournalOptions) {
    this.#options = options;
    this.id = options.runId;
    this.dir = options.dir;
    const { segment, resumes } = options;
    this.journalPath =
      segment === undefined
        ? join(options.dir, `${options.runId}.jsonl`)
        : join(options.dir, options.runId, `${segment.id}.jsonl`);
    this.treePath = join(options.dir, `${options.runId}.json`);
    this.#path =
      resumes === undefined
        ? this.journalPath
        : join(options.dir, options.runId, `resume-${resumes.number}.jsonl`);
    this.plain = this.#createPlain(this.#createParts());
    this.#head = firstLines(options, this.#createPlain());
    if (resumes !== undefined) this.#own();
    else {
      const trouble = this.#create();
      if (isTaken(trouble)) throw new RunExistsError(this.#path);
    }
    this.#begin();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether it goes on with a run that was on record. */
  get isResumed(): boolean {
    return this.#options.resumes !== undefined;
  }

  /** Whether this segment owns the run: the root, or the one that continues it. Only its writer ends the run and keeps the tree. */
  get isOwner(): boolean {
    return this.#options.segment === undefined;
  }

  /** Whether what was said is written, or only that something was. */
  get captureContent(): boolean {
    return this.#options.captureContent;
  }

  /** Of the run's journal as far as this segment knows it. */
  get bytes(): number {
    return this.#bytes + (this.#options.resumes?.bytes ?? 0);
  }

  /** Of the file. */
  get #bytes(): number {
    return this.#file?.bytes ?? 0;
  }

  /**
   * Fields of a record as redacted JSON, without content if that is not captured; large binary parts are on disk when
   * this returns.
   */
  readonly plain: (fields: object) => PlainJson;

  /** As in `Redactor`, for this run. */
  get release(): Redactor['release'] {
    return this.#options.redactor.release;
  }

  /**
   * Begins the file anew when somebody has deleted it, so that only what was in it is lost. To be called before a record
   * is made, which may refer to what is in the file.
   */
  lookAfter(): void {
    const now = performance.now();
    if (this.#ended || this.#held?.length || now - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    if (!this.#isDeleted()) return;
    this.#file?.close();
    this.#file = undefined;
    this.#head = firstLines(this.#options, this.#createPlain());
    this.#agents.clear();
    this.messages.forget();
  }

  /**
   * Appends a record; on disk when this returns `true`, or after {@link writeHeld} while it holds; counted as dropped when
   * it returns `false`.
   *
   * @param messages the field of that name, when it is JSON text already
   */
  append(record: Unplaced, messages?: string): boolean {
    const written = this.#begin() && this.#write(record, messages, this.#held);
    if (!written) {
      this.dropped++;
      this.messages.forget();
    }
    // A call may outlive its run; a run that is over keeps no descriptor open for it.
    if (this.#ended) this.#file?.close();
    return written;
  }

  /** What is appended from now on waits for {@link writeHeld}. Returns `false` when it does so already. */
  hold(): boolean {
    if (this.#held !== undefined) return false;
    this.#held = [];
    return true;
  }

  /** Writes what was held, in one go. What could not be written is counted as dropped. */
  writeHeld(): void {
    const lines = this.#held ?? [];
    this.#held = undefined;
    if (lines.length === 0) return;
    const before = this.#bytes;
    try {
      this.#file?.append(lines.join('\n'));
      this.#written += lines.length;
    } catch (error) {
      const whole = linesIn(this.#bytes - before, lines);
      this.#written += whole;
      this.dropped += lines.length - whole;
      this.messages.forget();
      this.#agents.clear();
      this.#options.onWriteError(error);
    }
    if (this.#ended) this.#file?.close();
  }

  /** Makes an agent known to the run, once, and again when more is known of it. */
  introduce(given: AgentRef, at: string): void {
    const news = this.#agents.news(given, this.plain);
    if (news !== undefined && this.append({ type: 'agent.start', at, agent: news.agent })) news.told();
  }

  /** Says how it ended, if this owns the run. What comes later is still appended. */
  end(status: RunEnding, at: string, loggerErrors: number, error?: JsonValue): void {
    if (this.#ended) return;
    this.#isDeleted();
    this.append({
      type: 'audit',
      at,
      dropped: this.dropped,
      redactions: this.#options.redactor.count,
      logger_errors: loggerErrors,
      log_overhead_us: Math.round(this.overheadUs),
    });
    this.#ended = true;
    if (this.isOwner) this.append({ type: 'run.end', at, status, ...(error !== undefined && { error }) });
    else this.#file?.close();
    this.messages.forget();
  }

  /** Counts what was in the file when it is gone. */
  #isDeleted(): boolean {
    try {
      if (this.#file?.isDeleted() !== true) return false;
    } catch {
      // Whatever is wrong with it, the next write will say.
      return false;
    }
    const lost = this.#written;
    this.dropped += lost;
    this.#written = 0;
    if (lost > 0) this.#options.onWriteError(new Error(`somebody deleted it with ${lost} records in it`));
    return true;
  }

  /** Gives the file's descriptor back; a later record opens it again. */
  close(): void {
    this.#file?.close();
  }

  /** Whether the file is there with its first lines. Tried again at every record until it works. */
  #begin(): boolean {
    if (this.#file === undefined && this.#create() !== undefined) return false;
    for (let line = this.#head[0]; line !== undefined; line = this.#head[0]) {
      if (!this.#write(line)) return false;
      this.#head.shift();
    }
    return true;
  }

  /** Takes the run over: its first line tells whoever comes at the same time. @throws {RunExistsError} and file system errors */
  #own(): void {
    const [header] = this.#head;
    if (header === undefined) return;
    try {
      this.#file = createAppendFileWith(recordLine(this.#seq, header), this.#path, this.#options.fsync);
    } catch (error) {
      throw isTaken(error) ? new RunExistsError(this.#path) : error;
    }
    this.#seq++;
    this.#written++;
    this.#head.shift();
  }

  /** Returns what is in the way, if anything. */
  #create(): unknown {
    try {
      this.#file = createAppendFile(this.#path, this.#options.fsync);
      return undefined;
    } catch (error) {
      if (!isTaken(error)) this.#options.onWriteError(error);
      return error;
    }
  }

  /** @param held where the line waits instead of being written */
  #write(record: Unplaced, messages?: string, held?: string[]): boolean {
    try {
      // Counted even if it fails: a gap in the sequence shows where a record was lost.
      const line = recordLine(this.#seq++, record, messages);
      if (held !== undefined) {
        held.push(line);
        return true;
      }
      this.#file?.append(line);
      this.#written++;
      return true;
    } catch (error) {
      this.#options.onWriteError(error);
      return false;
    }
  }

  #createPlain(parts?: BinaryParts): (fields: object) => PlainJson {
    const { redactor, captureContent, keepReferences } = this.#options;
    return createPlain({ redactor, captureContent, keepReferences, parts });
  }

  #createParts(): BinaryParts | undefined {
    if (!this.captureContent) return undefined;
    const { redactor, knownTexts, dir, runId, fsync, onBlobError } = this.#options;
    const blobs = new BlobWriter(blobFolder(join(dir, runId)), fsync);
    const has = (sha256: string, bytes: number) => blobs.has(sha256, bytes);
    const put = (sha256: string, bytes: Uint8Array): boolean => {
      try {
        blobs.write(sha256, bytes);
        return true;
      } catch (error) {
        onBlobError(error);
        return false;
      }
    };
    return createBinaryParts(redactor.redact, { has, put }, knownTexts);
  }
}

/** How many of `lines` are whole in their first `bytes` bytes. */
function linesIn(bytes: number, lines: readonly string[]): number {
  let end = 0;
  const torn = lines.findIndex((line) => {
    end += Buffer.byteLength(line) + 1;
    return end > bytes;
  });
  return torn === -1 ? lines.length : torn;
}

/** Only the file itself: `mkdir` says EEXIST, too, when the folder's name belongs to a file. */
function isTaken(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'EEXIST' && (syscall === 'open' || syscall === 'link');
}
