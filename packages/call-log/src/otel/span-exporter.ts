import { createEventSink, type SpanLogOptions } from './event-sink.ts';
import { readSpan } from './read-span.ts';
import { fromReadableSpan, type ReadableSpan } from './readable-span.ts';
import { TraceFolds } from './trace-folds.ts';

/** The SDK's `ExportResult`: 0 is success, 1 failure. */
interface ExportResult {
  code: 0 | 1;
}

/** A `SpanExporter` of `@opentelemetry/sdk-trace-base`. */
export interface CallLogSpanExporter {
  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void;
  /** Writes what has ended, even where the spans around it have not; those cannot say any more whose it was. */
  forceFlush(): Promise<void>;
  /** Writes what has ended, and ends the runs. What comes later is refused. */
  shutdown(): Promise<void>;
}

/**
 * A span exporter that writes what spans tell of models, tools and agents into a log. It learns of a span when that has
 * ended, and whose it was when all spans around it have: a trace is written when its first span ends. Where a span
 * processor can be added, `createSpanProcessor` writes each call as it ends.
 */
export function createSpanExporter({ runOf, ...options }: SpanLogOptions): CallLogSpanExporter {
  const folds = new TraceFolds({ runOf });
  const write = createEventSink(options);
  let over = false;
  return {
    export(spans, done) {
      const written = !over && write(() => folds.end(spans.map((span) => readSpan(fromReadableSpan(span)))));
      done({ code: written ? 0 : 1 });
    },
    async forceFlush() {
      write(() => folds.flush());
    },
    async shutdown() {
      over = true;
      write(() => folds.close());
    },
  };
}
