import { currentContext } from '../identity/context.ts';
import { createEventSink, type SpanLogOptions } from './event-sink.ts';
import { readSpan } from './read-span.ts';
import { fromReadableSpan, type ReadableSpan } from './readable-span.ts';
import { TraceFolds } from './trace-folds.ts';

/** A `SpanProcessor` of `@opentelemetry/sdk-trace-base`. */
export interface CallLogSpanProcessor {
  onStart(span: ReadableSpan): void;
  onEnd(span: ReadableSpan): void;
  /** Nothing waits here. */
  forceFlush(): Promise<void>;
  /** Ends the runs; those whose first span still runs are interrupted. */
  shutdown(): Promise<void>;
}

/**
 * A span processor that writes what spans tell of models, tools and agents into a log, each call as it ends. It sees
 * where a span begins, so a call is its agent's by `withAgent()`, too, and goes into the run around it (`log.run()`).
 */
export function createSpanProcessor({ runOf, ...options }: SpanLogOptions): CallLogSpanProcessor {
  const folds = new TraceFolds({ runOf });
  const write = createEventSink(options);
  return {
    onStart(span) {
      const around = currentContext();
      write(() => folds.open({ ...readSpan(fromReadableSpan(span)), around }));
    },
    onEnd(span) {
      write(() => folds.end([readSpan(fromReadableSpan(span))]));
    },
    async forceFlush() {},
    async shutdown() {
      write(() => folds.close());
    },
  };
}
