import type { Span } from '../otel/span.ts';
import { spanText } from './otlp-json.ts';

/** How much goes into one request. */
export interface BatchLimits {
  spans: number;
  /** In characters; a larger span goes alone. */
  size: number;
}

/** OpenTelemetry's batch processor sends 512 spans at once; collectors refuse more than 20 MiB. */
export const BATCH: BatchLimits = { spans: 512, size: 4 * 1024 * 1024 };

/** Spans as OTLP/JSON text, so many at a time as fit into one request. */
export function* spanBatches(spans: Iterable<Span>, limits: BatchLimits = BATCH): Generator<string[]> {
  let batch: string[] = [];
  let size = 0;
  for (const span of spans) {
    const text = spanText(span);
    if (batch.length >= limits.spans || (batch.length > 0 && size + text.length > limits.size)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(text);
    size += text.length;
  }
  if (batch.length > 0) yield batch;
}
