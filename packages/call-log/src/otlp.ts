/** Runs as OpenTelemetry traces: as OTLP/JSON and back, and live to a collector. */

export { OtlpFormatError } from './errors/otlp-format-error.ts';
export { fromOtlp } from './otlp/from-otlp.ts';
export type { OtlpRequest, OtlpSpan } from './otlp/otlp-json.ts';
export { toOtlp } from './otlp/to-otlp.ts';
export { toOtlpLines } from './otlp/to-otlp-lines.ts';
export type { TreeToSpansOptions } from './otlp/tree-to-spans.ts';
export {
  createOtlpExporter,
  type OtlpExporter,
  type OtlpExporterOptions,
} from './otlp-export/create-otlp-exporter.ts';
export type { QueueLimits, SpanCounts } from './otlp-export/span-queue.ts';
