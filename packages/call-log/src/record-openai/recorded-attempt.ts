import type { CallEnding, ErrorRecord, Usage } from '../schema/common.ts';
import type { LogEvent } from '../schema/logger-events.ts';

/** How an attempt ended. */
export interface AttemptOutcome {
  status: CallEnding;
  model?: string | undefined;
  retryAfterMs?: number | undefined;
  usage?: Usage | undefined;
  error?: ErrorRecord | undefined;
}

/** One request on the wire; begins when it is made and ends once. */
export class RecordedAttempt {
  readonly #tell: (event: LogEvent) => void;
  readonly #place: { call_id: string; number: number };
  readonly #startedMs = performance.now();
  /** Known as soon as there is an answer. */
  httpStatus: number | undefined;
  endedMs: number | undefined;

  constructor(
    tell: (event: LogEvent) => void,
    place: { call_id: string; number: number },
    served: { provider: string; model: string },
    previous: RecordedAttempt | undefined,
  ) {
    this.#tell = tell;
    this.#place = place;
    const waitedMs = previous?.endedMs === undefined ? undefined : elapsed(previous.endedMs);
    tell({
      type: 'attempt.start',
      ...place,
      ...served,
      ...(waitedMs !== undefined && { waited_ms: waitedMs }),
    });
  }

  end({ status, model, retryAfterMs, usage, error }: AttemptOutcome): void {
    if (this.endedMs !== undefined) return;
    this.endedMs = performance.now();
    this.#tell({
      type: 'attempt.end',
      ...this.#place,
      status,
      duration_ms: elapsed(this.#startedMs),
      ...(this.httpStatus !== undefined && { http_status: this.httpStatus }),
      ...(model !== undefined && { model }),
      ...(retryAfterMs !== undefined && { retry_after_ms: retryAfterMs }),
      ...(error !== undefined && { error }),
      ...(usage !== undefined && { usage }),
    });
  }
}

/** Milliseconds since `startMs` of the monotonic clock, to the microsecond. */
export function elapsed(startMs: number): number {
  return Math.round((performance.now() - startMs) * 1000) / 1000;
}
