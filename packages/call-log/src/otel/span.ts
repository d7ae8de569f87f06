import type { JsonObject, JsonValue } from '../schema/json.ts';

/** A finished OpenTelemetry span as plain data, wherever it came from: an SDK, an OTLP file, a run of ours. */
export interface Span {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits. */
  spanId: string;
  parentSpanId?: string;
  /** The parent was made in another process, so it is not to be waited for. OTLP: bits 8 and 9 of `flags`. */
  remoteParent?: boolean;
  name: string;
  /** OTLP's `SpanKind`: 1 internal, 3 client. */
  kind: number;
  /** Nanoseconds since 1970 as decimal text, as OTLP/JSON has them; a number would round them. */
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { [name: string]: JsonValue };
  events: { name: string; timeUnixNano: string; attributes: { [name: string]: JsonValue } }[];
  /** OTLP's status: 0 unset, 1 ok, 2 error. */
  status: { code: number; message?: string };
  /** Who made it: name and version of the instrumentation, attributes of the process. */
  scope: { name: string; version?: string };
  resource: JsonObject;
}
