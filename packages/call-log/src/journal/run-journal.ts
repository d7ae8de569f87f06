import { join } from 'node:path';
import { RunExistsError } from '../errors/run-exists-error.ts';
import type { AgentRef, RunEnding } from '../schema/common.ts';
import { type RecordedEvent, SCHEMA_VERSION } from '../schema/events.ts';
import type { JsonValue } from '../schema/json.ts';
import { version } from '../version.ts';
import { type AppendFile, createAppendFile } from './append-file.ts';
import { MessageStore } from './message-store.ts';
import { ownProcess } from './process-identity.ts';
import type { PlainJson } from './to-plain-json.ts';

/** A record before it has its place in the segment. */
export type Unplaced = { type: RecordedEvent['type']; at: string } & {
  [field: string]: JsonValue | undefined;
};

/** What a run needs to begin. */
export interface RunJournalOptions {
  dir: string;
  runId: string;
  name?: string;
  metadata?: JsonValue;
  startedAt: string;
  fsync: boolean;
  /** Turns any value into redacted JSON. */
  plain(value: unknown): PlainJson;
  /** Told once, with the error, when a record could not be written. */
  onWriteError(error: unknown): void;
}

/** The root segment of one run: the file, its sequence, who is known in it, what has been stored in it. */
export class RunJournal {
  readonly id: string;
  readonly journalPath: string;
  readonly treePath: string;
  readonly messages = new MessageStore();
  /** Counted here and written as an `audit` record, because the lost records cannot tell. */
  dropped = 0;
  overheadUs = 0;
  readonly #options: RunJournalOptions;
  readonly #agents = new Set<string>();
  #file: AppendFile | undefined;
  #seq = 0;
  #openCalls = 0;
  #ended = false;

  /** @throws {RunExistsError} when the run is on record already; any other trouble is counted, not thrown */
  constructor(options: RunJournalOptions) {
    this.#options = options;
    this.id = options.runId;
    this.journalPath = join(options.dir, `${options.runId}.jsonl`);
    this.treePath = join(options.dir, `${options.runId}.json`);
    this.#open();
  }

  get ended(): boolean {
    return this.#ended;
  }

  get bytes(): number {
    return this.#file?.bytes ?? 0;
  }

  /** Appends a record; on disk when this returns, or counted as dropped. */
  append(record: Unplaced): void {
    const file = this.#file ?? this.#open();
    if (file === undefined) {
      this.dropped++;
      return;
    }
    this.#write(file, record);
  }

  /** Makes an agent known to the run, once. */
  introduce(agent: AgentRef, at: string): void {
    if (this.#agents.has(agent.id)) return;
    this.#agents.add(agent.id);
    this.append({ type: 'agent.start', at, agent: this.#options.plain(agent).value });
  }

  /** A call that outlives its run is still recorded: the file stays open until the last one has ended. */
  callStarted(): void {
    this.#openCalls++;
  }

  callEnded(): void {
    this.#openCalls--;
    this.#closeWhenDone();
  }

  end(
    status: RunEnding,
    at: string,
    audit: { redactions: number; logger_errors: number },
    error?: JsonValue,
  ): void {
    if (this.#ended) return;
    this.#ended = true;
    const log_overhead_us = Math.round(this.overheadUs);
    this.append({ type: 'audit', at, dropped: this.dropped, ...audit, log_overhead_us });
    this.append({ type: 'run.end', at, status, ...(error !== undefined && { error }) });
    this.#closeWhenDone();
  }

  #closeWhenDone(): void {
    if (this.#ended && this.#openCalls === 0) this.#file?.close();
  }

  #open(): AppendFile | undefined {
    const { name, metadata, startedAt: at, fsync } = this.#options;
    try {
      const file = createAppendFile(this.journalPath, fsync);
      this.#file = file;
      this.#write(file, {
        type: 'segment.start',
        at,
        schema_version: SCHEMA_VERSION,
        run_id: this.id,
        segment: 'root',
        ...ownProcess(),
        writer: `@pd/call-log@${version}`,
      });
      this.#write(file, {
        type: 'run.start',
        at,
        ...(name !== undefined && { name }),
        metadata: metadata ?? {},
      });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new RunExistsError(this.journalPath);
      this.#options.onWriteError(error);
      return undefined;
    }
  }

  #write(file: AppendFile, record: Unplaced): void {
    try {
      file.append(JSON.stringify({ seq: this.#seq, ...record }));
      this.#seq++;
    } catch (error) {
      this.dropped++;
      this.#options.onWriteError(error);
    }
  }
}
