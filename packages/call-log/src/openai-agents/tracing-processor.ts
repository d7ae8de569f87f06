import { currentContext } from '../identity/context.ts';
import { createEventSink, type SpanLogOptions } from '../otel/event-sink.ts';
import type { TraceNode } from '../otel/reading.ts';
import { TraceFolds } from '../otel/trace-folds.ts';
import type { AgentsSpan, AgentsTrace } from './agents-span.ts';
import { readAgentsSpan } from './read-agents-span.ts';

/** Traces that have not ended. The one that began longest ago is forgotten first; its run was interrupted. */
const REMEMBERED_TRACES = 10_000;

export interface AgentsLogOptions extends SpanLogOptions {
  /** Who serves the calls, as the record names it; the SDK's traces do not say. Default: `unknown`. */
  provider?: string;
}

/** A `TracingProcessor` of `@openai/agents`. */
export interface CallLogTracingProcessor {
  onTraceStart(trace: AgentsTrace): Promise<void>;
  onTraceEnd(trace: AgentsTrace): Promise<void>;
  onSpanStart(span: AgentsSpan): Promise<void>;
  onSpanEnd(span: AgentsSpan): Promise<void>;
  /** Nothing waits here. */
  forceFlush(): Promise<void>;
  /** Ends the runs of traces that have not ended: failed if the last agent in them did, else interrupted. */
  shutdown(): Promise<void>;
}

/**
 * A tracing processor for `@openai/agents` that writes each model call, tool call, handoff and guardrail into a log as it
 * ends: `addTraceProcessor(createTracingProcessor({ logger: log.logger }))`. A trace is a run, unless the code that
 * begins it stands in one already (`log.run()`).
 */
export function createTracingProcessor({
  runOf,
  provider,
  ...options
}: AgentsLogOptions): CallLogTracingProcessor {
  const folds = new TraceFolds({ runOf });
  const write = createEventSink(options);
  /** The traces that go on, as the spans around all others; with the failure of the last thing done in them. */
  const roots = new Map<string, TraceNode>();
  return {
    async onTraceStart({ traceId, name }) {
      const root = { traceId, id: traceId, name, start: now(), around: currentContext() };
      roots.set(traceId, root);
      const [oldest] = roots.keys();
      if (roots.size > REMEMBERED_TRACES && oldest !== undefined) roots.delete(oldest);
      write(() => folds.open(root));
    },
    async onTraceEnd({ traceId, name }) {
      roots.delete(traceId);
      write(() => folds.end([{ traceId, id: traceId, name, end: now() }]));
    },
    async onSpanStart(span) {
      const around = currentContext();
      write(() => folds.open({ ...readAgentsSpan(span, provider), around }));
    },
    async onSpanEnd(span) {
      write(() => {
        const node = readAgentsSpan(span, provider);
        const root = node.parentId === node.traceId ? roots.get(node.traceId) : undefined;
        if (root !== undefined) Object.assign(root, { end: node.end, failure: node.failure });
        return folds.end([node]);
      });
    },
    async forceFlush() {},
    async shutdown() {
      // The SDK (0.20) does not end the trace of a run that throws.
      const failed = [...roots.values()].filter(({ failure }) => failure !== undefined);
      roots.clear();
      write(() => [...folds.end(failed), ...folds.close()]);
    },
  };
}

function now(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
