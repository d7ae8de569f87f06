import { createBinaryParts } from '../blob/binary-parts.ts';
import type { RunOptions } from '../call-log-contract.ts';
import { createDiagnostics, type DiagnosticHook } from '../diagnostics.ts';
import { currentContext } from '../identity/context.ts';
import { createPlain } from '../journal/create-plain.ts';
import { messageOf } from '../journal/error-record.ts';
import { compileRedaction, type RedactOptions } from '../journal/redactor.ts';
import { checkFlag } from '../option.ts';
import type { Span } from '../otel/span.ts';
import { requestText, spanText } from '../otlp/otlp-json.ts';
import { DEFAULT_RESOURCE } from '../otlp/tree-to-spans.ts';
import { createRunId } from '../run-id.ts';
import type { JsonObject } from '../schema/json.ts';
import type { Logger } from '../schema/logger-events.ts';
import { LiveSpans } from './live-spans.ts';
import { type QueueLimits, type SpanCounts, SpanQueue } from './span-queue.ts';
import { shownUrl, toTarget } from './target.ts';

export interface OtlpExporterOptions {
  /** Where spans are posted, such as `http://127.0.0.1:4318/v1/traces`; without a path, to `/v1/traces`. */
  url: string;
  /** Sent along, for instance `{ authorization: 'Bearer …' }`; never shown. */
  headers?: { [name: string]: string };
  /** As of the log: what to scrub, beside the built-in patterns; `false` sends everything as it is. */
  redact?: RedactOptions | false;
  /** As of the log: `false` sends who asked whom, when and how it ended, and not what was said. Default: `true`. */
  captureContent?: boolean;
  /** As of the log: the run of events that name none and have none around them. Give both the same id. */
  defaultRun?: RunOptions;
  /** What `gen_ai.input.messages` of a call holds: the whole request (default), or only the messages that are `new` in it. */
  messages?: 'all' | 'new';
  /** Attributes of this process. Default: `{ 'service.name': 'call-log' }`. */
  resource?: JsonObject;
  limits?: QueueLimits;
  /** How long `close()` may take. Default: 5 s. */
  closeTimeoutMs?: number;
  /** Told once for each kind of trouble (`export_failed`, `logger_error`). Default: a line on stderr. */
  onDiagnostic?: DiagnosticHook;
}

export interface OtlpExporter {
  /** Give it to a client beside the log's: `combineLoggers(log.logger, exporter.logger)`. Sends nothing itself and never throws. */
  readonly logger: Logger;
  /** What became of the spans so far. */
  readonly counts: Readonly<SpanCounts>;
  /** Sends what is left, the spans of the runs and agents included, within `closeTimeoutMs`. Calling it again does nothing. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A run in which nothing has happened for so long has its spans sent, so that its trace can be looked at. */
const IDLE_MS = 60_000;
/** Things that are over and wait for the next turn of the event loop to become spans. */
const PENDING = 2_048;

/**
 * Sends calls to an OpenTelemetry collector while the program runs: each when it ends, the spans of its agent and run
 * when the run is over. It is a view, not the record: a collector that is dead or slow never slows or breaks a call,
 * and what it does not take in time is lost and counted. `call-log export --url` sends a run later, whole.
 *
 * @throws {TypeError} when the URL or a header cannot be used
 * @throws {InvalidOptionError} when `redact` or `captureContent` is not what it should be
 */
export function createOtlpExporter(options: OtlpExporterOptions): OtlpExporter {
  const { resource = DEFAULT_RESOURCE, messages = 'all', closeTimeoutMs = 5_000 } = options;
  const target = toTarget(options.url, options.headers);
  const tell = createDiagnostics(options.onDiagnostic);
  const captureContent = checkFlag('captureContent', options.captureContent, true);
  const redactor = compileRedaction(options.redact)();
  // Large binary parts are named by their hash, as in the journal; their bytes stay with the log.
  const parts = captureContent
    ? createBinaryParts(redactor.redact, { has: () => true, put: () => true })
    : undefined;
  const plain = createPlain({ redactor, captureContent, parts });
  const onLoss = (reason: string): void =>
    tell({
      kind: 'export_failed',
      message: `spans for ${shownUrl(target)} are lost: ${reason}; the program goes on, losses are counted`,
    });
  const queue = new SpanQueue(target, options.limits ?? {}, (spans) => requestText(spans, resource), onLoss);
  let pending: (() => Span[])[] = [];
  let closing: Promise<void> | undefined;

  const failed = (cause: unknown): void => {
    queue.lose(1, messageOf(cause));
    tell({ kind: 'logger_error', message: `an event could not be exported: ${messageOf(cause)}`, cause });
  };
  const convert = (): void => {
    const work = pending;
    pending = [];
    for (const spans of work) {
      try {
        for (const span of spans()) queue.add(spanText(span));
      } catch (cause) {
        failed(cause);
      }
    }
  };
  // Not on the path of the call that has just ended.
  const emit = (spans: () => Span[]): void => {
    if (pending.length >= PENDING) queue.lose(1, 'more calls end at once than can be kept');
    else if (pending.push(spans) === 1) setImmediate(convert);
  };
  const live = new LiveSpans({
    defaultRun: { ...options.defaultRun, id: options.defaultRun?.id ?? createRunId() },
    resource,
    plain,
    redact: redactor.redact,
    captureContent,
    messages,
    emit,
    onLoss: (reason) => queue.lose(1, reason),
  });
  const idle = setInterval(() => live.finishIdle(IDLE_MS), IDLE_MS / 4).unref();

  const close = async (): Promise<void> => {
    clearInterval(idle);
    convert();
    live.finish();
    convert();
    await queue.close(closeTimeoutMs);
  };

  return {
    logger(event) {
      try {
        if (closing !== undefined) queue.lose(1, 'an event came after close()');
        else live.record({ ...event, at: event.at ?? new Date().toISOString() }, currentContext());
      } catch (cause) {
        failed(cause);
      }
    },
    counts: queue.counts,
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}
