import { ProgressPieces } from '@pd/call-log/logger';
import type {
  CallEnd,
  CallEnding,
  CallStart,
  ErrorRecord,
  LogEvent,
  Reply,
  Usage,
} from '@pd/call-log/schema';
import type { Clock } from './clock.ts';

/** What is known when a call ends. */
export interface CallOutcome {
  status: CallEnding;
  reply: Reply;
  usage: Usage;
  error?: ErrorRecord;
  timeToFirstChunkMs?: number;
  chunks?: CallEnd['chunks'];
}

/** Tells the logger about one call and its one attempt; whatever happens, each begins once and ends once. */
export class CallRecord {
  readonly id: string;
  readonly #start: CallStart;
  readonly #emit: (event: LogEvent) => void;
  readonly #clock: Clock;
  readonly #startedMs: number;
  readonly #progress = new ProgressPieces((text) =>
    this.#emit({ type: 'call.progress', call_id: this.id, text }),
  );
  #httpStatus: number | undefined;
  #ended = false;

  constructor(start: Omit<CallStart, 'at'>, emit: (event: LogEvent) => void, clock: Clock) {
    this.id = start.call_id;
    this.#emit = emit;
    this.#clock = clock;
    this.#startedMs = clock.monotonicMs();
    this.#start = { ...start, at: this.#at() };
    const { call_id, provider, model } = start;
    emit(this.#start);
    emit({ type: 'attempt.start', at: this.#at(), call_id, number: 1, provider, model });
  }

  /** The call's first record. */
  get start(): CallStart {
    return this.#start;
  }

  /** The attempt has an answer with this HTTP status. */
  answered(httpStatus: number): void {
    this.#httpStatus = httpStatus;
  }

  /** Since the call began. */
  elapsedMs(): number {
    return Math.round((this.#clock.monotonicMs() - this.#startedMs) * 1000) / 1000;
  }

  /** More of the reply's text has come. Told in pieces, so that a token costs next to nothing. */
  text(added: string): void {
    this.#progress.push(added);
  }

  end({ status, reply, usage, error, timeToFirstChunkMs, chunks }: CallOutcome): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#progress.end();
    const at = this.#at();
    const shared = {
      call_id: this.id,
      at,
      status,
      duration_ms: this.elapsedMs(),
      usage,
      ...(error !== undefined && { error }),
    };
    const model = reply.model === undefined ? {} : { model: reply.model };
    const httpStatus = error?.status ?? this.#httpStatus;
    this.#emit({
      type: 'attempt.end',
      number: 1,
      ...shared,
      ...model,
      ...(httpStatus !== undefined && { http_status: httpStatus }),
    });
    this.#emit({
      type: 'call.end',
      ...shared,
      reply,
      ...(timeToFirstChunkMs !== undefined && { time_to_first_chunk_ms: timeToFirstChunkMs }),
      ...(chunks !== undefined && { chunks }),
    });
  }

  #at(): string {
    return this.#clock.now().toISOString();
  }
}
