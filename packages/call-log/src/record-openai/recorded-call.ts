import { randomUUID } from 'node:crypto';
import { readRequest } from '../openai-wire/read-request.ts';
import { ProgressPieces } from '../progress-pieces.ts';
import type { AgentRef, CallEnding, ErrorRecord, Operation } from '../schema/common.ts';
import type { CallEnd, LogEvent, Logger } from '../schema/logger-events.ts';
import { toFailure } from './failure.ts';
import type { RequestOptions } from './openai-client.ts';
import { elapsed, RecordedAttempt } from './recorded-attempt.ts';
import { createReplyReader, type ReplyReader } from './reply-reader.ts';

/** Where and as whose the calls of a client are recorded. */
export interface Recording {
  logger: Logger;
  provider: string;
  agent: AgentRef | undefined;
  metadata: object | undefined;
}

/** One call on record: begins once, ends once, whatever the SDK, the network or the caller do. */
export class RecordedCall {
  readonly #recording: Recording;
  readonly #operation: Operation;
  #reply: ReplyReader;
  readonly #id = randomUUID();
  readonly #startedMs = performance.now();
  #state: 'new' | 'open' | 'ended' = 'new';
  #model = '';
  #attempt: RecordedAttempt | undefined;
  #attempts = 0;
  #firstChunkMs: number | undefined;
  #textLength = 0;
  readonly #chunks: NonNullable<CallEnd['chunks']> = { ends: [], at_ms: [] };
  readonly #progress = new ProgressPieces((text) =>
    this.#tell({ type: 'call.progress', call_id: this.#id, text }),
  );
  /** The caller's, which tells an abort from a timeout of the SDK. */
  signal: AbortSignal | null | undefined;
  /** Whether the reply was asked for as a stream. */
  streamed = false;
  /** Whether the SDK reads the reply itself, so that it is the one to say whether that worked. */
  parsing = false;
  #sent = false;

  constructor(recording: Recording, operation: Operation) {
    this.#recording = recording;
    this.#operation = operation;
    this.#reply = createReplyReader(operation);
  }

  start({ body, signal }: RequestOptions): void {
    const { provider, agent, metadata } = this.#recording;
    const asked = readRequest(this.#operation, body);
    this.#state = 'open';
    this.#model = asked.model;
    this.signal = signal;
    const { stream, n } = asked.parameters as { stream?: unknown; n?: unknown };
    this.streamed = stream === true;
    this.#reply = createReplyReader(this.#operation, typeof n === 'number' ? n : 1);
    this.#tell({
      type: 'call.start',
      call_id: this.#id,
      operation: this.#operation,
      provider,
      ...asked,
      ...(agent !== undefined && { agent, agent_source: 'binding' }),
      ...(metadata !== undefined && { metadata }),
    });
  }

  get open(): boolean {
    return this.#state === 'open';
  }

  /** Whether this is the first time that the SDK makes a request within this call. */
  claim(): boolean {
    const first = !this.#sent;
    this.#sent = true;
    return first;
  }

  /** A request goes out. One before it that got an answer, but not all of it in time, is over now. */
  attempt(): RecordedAttempt {
    const previous = this.#attempt;
    previous?.end({ status: 'timeout', error: { type: 'TimeoutError', message: 'the reply took too long' } });
    const served = { provider: this.#recording.provider, model: this.#model };
    const place = { call_id: this.#id, number: ++this.#attempts };
    this.#attempt = new RecordedAttempt((event) => this.#tell(event), place, served, previous);
    return this.#attempt;
  }

  /** A whole reply, or one event of a stream, on its way to the caller. */
  push(value: object): void {
    const text = this.#reply.push(value);
    if (this.streamed) {
      this.#firstChunkMs ??= elapsed(this.#startedMs);
      if (text !== '') {
        this.#progress.push(text);
        this.#textLength += text.length;
        this.#chunks.ends.push(this.#textLength);
        this.#chunks.at_ms.push(elapsed(this.#startedMs));
      }
    }
    if (this.#reply.finished) this.finish();
  }

  /** The reply has all come. */
  finish(): void {
    this.#end();
  }

  /** The caller has left; that takes nothing from a reply that was whole. */
  leave(): void {
    if (this.#reply.outcome().status === 'ok') this.#end();
    else if (this.signal?.aborted) this.fail(this.signal.reason);
    else this.#end({ status: 'aborted' });
  }

  /** The caller gets an error instead of the reply, or of the rest of it. */
  fail(thrown: unknown): void {
    this.#end(toFailure(thrown, this.signal));
  }

  #end(cut?: { status: CallEnding; error?: ErrorRecord }): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#progress.end();
    const { reply, usage, ...own } = this.#reply.outcome();
    const { status, error } = cut ?? own;
    const shared = { status, usage, ...(error !== undefined && { error }) };
    this.#attempt?.end({ ...shared, model: reply.model });
    this.#tell({
      type: 'call.end',
      call_id: this.#id,
      ...shared,
      duration_ms: elapsed(this.#startedMs),
      reply: cut === undefined ? reply : { ...reply, partial: true },
      ...(this.#firstChunkMs !== undefined && { time_to_first_chunk_ms: this.#firstChunkMs }),
      ...(this.#chunks.ends.length > 0 && { chunks: this.#chunks }),
    });
  }

  /** A logger that throws takes nothing from the call. */
  #tell(event: LogEvent): void {
    try {
      this.#recording.logger(event);
    } catch {}
  }
}
