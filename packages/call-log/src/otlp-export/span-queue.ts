import { BATCH } from '../otlp/span-batches.ts';
import { type PostLimits, postSpans } from './post-spans.ts';
import type { OtlpTarget } from './target.ts';

/** What a queue may hold and send at once. */
export interface QueueLimits extends PostLimits {
  /** Spans that wait; those beyond are lost. Default: 2,048, as OpenTelemetry's batch processor. */
  queueSpans?: number;
  /** Their size as JSON, in characters. Default: 32 Mi. */
  queueSize?: number;
  /** Spans in one request. Default: 512. */
  batchSpans?: number;
  /** Size of one request, in characters, unless a single span is larger. Default: 4 Mi; collectors refuse more than 20 MiB. */
  batchSize?: number;
  /** How long spans wait for others. Default: 5 s. */
  intervalMs?: number;
}

/** What became of the spans that were given. */
export interface SpanCounts {
  /** Accepted by the collector. */
  sent: number;
  /** Not accepted, for whatever reason. */
  lost: number;
}

/** Spans on their way to a collector: bounded, one request at a time, in the background. */
export class SpanQueue {
  readonly counts: SpanCounts = { sent: 0, lost: 0 };
  readonly #limits: Required<QueueLimits>;
  readonly #target: OtlpTarget;
  readonly #toRequest: (spans: readonly string[]) => string;
  readonly #onLoss: (reason: string) => void;
  readonly #giveUp = new AbortController();
  #waiting: string[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  /** Why the last request was not taken; empty when it was. */
  #trouble = '';

  /**
   * @param toRequest makes a request of spans in OTLP/JSON
   * @param onLoss told each time that spans are lost
   */
  constructor(
    target: OtlpTarget,
    limits: QueueLimits,
    toRequest: (spans: readonly string[]) => string,
    onLoss: (reason: string) => void,
  ) {
    this.#target = target;
    this.#toRequest = toRequest;
    this.#onLoss = onLoss;
    this.#limits = {
      queueSpans: 2_048,
      queueSize: 32 * 1024 * 1024,
      batchSpans: BATCH.spans,
      batchSize: BATCH.size,
      intervalMs: 5_000,
      timeoutMs: 10_000,
      retryMs: 60_000,
      ...limits,
    };
  }

  /** Takes a span as JSON, if there is room. */
  add(span: string): void {
    const { queueSpans, queueSize, batchSpans, batchSize, intervalMs } = this.#limits;
    if (this.#waiting.length >= queueSpans || this.#size + span.length > queueSize) {
      this.lose(1, `more spans wait than may${this.#trouble && ` (${this.#trouble})`}`);
      return;
    }
    this.#waiting.push(span);
    this.#size += span.length;
    if (this.#waiting.length >= batchSpans || this.#size >= batchSize) this.#send();
    else this.#schedule(intervalMs);
  }

  /** Counts spans that will not be sent. */
  lose(count: number, reason: string): void {
    if (count === 0) return;
    this.counts.lost += count;
    this.#onLoss(reason);
  }

  /** Sends what waits; what is not accepted within the time is lost. */
  async close(timeoutMs: number): Promise<void> {
    // Not unreferenced: somebody awaits this.
    const deadline = setTimeout(() => this.#giveUp.abort(new Error('there was no more time')), timeoutMs);
    this.#send();
    await this.#sending;
    clearTimeout(deadline);
    this.lose(this.#waiting.length, `not sent within ${timeoutMs} ms of closing`);
    this.#waiting = [];
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
      // What came while the last answer was on its way out.
      if (this.#waiting.length > 0) this.#schedule(this.#limits.intervalMs);
    });
  }

  /** Unreferenced: a program does not stay for it. */
  #schedule(ms: number): void {
    this.#timer ??= setTimeout(() => this.#send(), ms).unref();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#giveUp.signal.aborted) {
      const batch = this.#takeBatch();
      // A program that is done does not wait for a collector that is not there.
      const options = {
        ...this.#limits,
        signal: this.#giveUp.signal,
        unref: true,
        onRetry: (reason: string) => {
          this.#trouble = reason;
        },
      };
      const request = this.#toRequest(batch);
      const { lost, reason } = await postSpans(request, batch.length, this.#target, options);
      this.#trouble = lost > 0 ? (reason ?? '') : '';
      this.counts.sent += batch.length - lost;
      this.lose(lost, reason ?? 'the collector rejected them');
    }
  }

  #takeBatch(): string[] {
    const { batchSpans, batchSize } = this.#limits;
    let size = 0;
    let count = 0;
    for (const span of this.#waiting.slice(0, batchSpans)) {
      if (count > 0 && size + span.length > batchSize) break;
      size += span.length;
      count++;
    }
    this.#size -= size;
    return this.#waiting.splice(0, count);
  }
}
