/** Spans of OpenTelemetry as runs of the log; needs no OpenTelemetry package itself. */
export type { SpanLogOptions } from './otel/event-sink.ts';
export type { ReadableSpan } from './otel/readable-span.ts';
export type { Span } from './otel/span.ts';
export { type CallLogSpanExporter, createSpanExporter } from './otel/span-exporter.ts';
export { type CallLogSpanProcessor, createSpanProcessor } from './otel/span-processor.ts';
export { spansToEvents } from './otel/spans-to-events.ts';
export type { TraceFoldOptions } from './otel/trace-fold.ts';
