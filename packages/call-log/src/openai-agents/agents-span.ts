/**
 * What is read of the SDK's `Trace`, so that `@openai/agents` need not be installed with this package.
 *
 * @see https://github.com/openai/openai-agents-js/blob/main/packages/agents-core/src/tracing/spans.ts (0.20)
 */
export interface AgentsTrace {
  traceId: string;
  name: string;
}

/** What is read of the SDK's `Span`. Times are ISO 8601. */
export interface AgentsSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly error: { message: string; data?: Record<string, unknown> } | null;
  readonly spanData: AgentsSpanData;
}

/** The data of a span by its `type`; the fields are those of the SDK, none is sure to be there. */
export interface AgentsSpanData {
  type: string;
  [field: string]: unknown;
}
