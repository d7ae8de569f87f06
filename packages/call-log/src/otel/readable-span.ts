import type { JsonValue } from '../schema/json.ts';
import type { Span } from './span.ts';

/** Seconds and nanoseconds. */
type HrTime = [number, number];

interface SpanContext {
  traceId: string;
  spanId: string;
  isRemote?: boolean;
}

/**
 * What is read of the SDK's `ReadableSpan`, so that no version of `@opentelemetry/sdk-trace-base` has to be installed with
 * this package: 2.x has `parentSpanContext` and `instrumentationScope`, 1.x `parentSpanId` and `instrumentationLibrary`.
 */
export interface ReadableSpan {
  readonly name: string;
  readonly kind: number;
  spanContext(): SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly parentSpanId?: string | undefined;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: { code: number; message?: string };
  readonly attributes: { [name: string]: unknown };
  readonly events: readonly { name: string; time: HrTime; attributes?: { [name: string]: unknown } }[];
  readonly instrumentationScope?: { name: string; version?: string };
  readonly instrumentationLibrary?: { name: string; version?: string };
}

/** The API counts kinds from 0, OTLP from 1. */
const KIND_OFFSET = 1;

/** A span of the SDK as plain data. */
export function fromReadableSpan(span: ReadableSpan): Span {
  const { traceId, spanId } = span.spanContext();
  const { parentSpanContext: parent, parentSpanId = parent?.spanId } = span;
  const { message } = span.status;
  const scope = span.instrumentationScope ?? span.instrumentationLibrary;
  return {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    ...(parent?.isRemote === true && { remoteParent: true }),
    name: span.name,
    kind: span.kind + KIND_OFFSET,
    startTimeUnixNano: toNanoText(span.startTime),
    endTimeUnixNano: toNanoText(span.endTime),
    attributes: toJson(span.attributes),
    events: span.events.map(({ name, time, attributes = {} }) => ({
      name,
      timeUnixNano: toNanoText(time),
      attributes: toJson(attributes),
    })),
    status: { code: span.status.code, ...(message !== undefined && { message }) },
    scope: {
      name: scope?.name ?? '',
      ...(scope?.version !== undefined && { version: scope.version }),
    },
    // The log has no place for the attributes of the process.
    resource: {},
  };
}

/** The SDK lets only JSON values in; `undefined` means that there is none. */
function toJson(attributes: { [name: string]: unknown }): { [name: string]: JsonValue } {
  const known = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [name: string]: JsonValue };
}

function toNanoText([seconds, nanoseconds]: HrTime): string {
  return (BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)).toString();
}
