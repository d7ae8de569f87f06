import type { Span } from '../otel/span.ts';
import type { JsonObject } from '../schema/json.ts';
import { version } from '../version.ts';
import { conventional, isFailed } from './conventions.ts';
import { type Field, parseJson, readFields, writeFields } from './fields.ts';
import { isObject, leftover, overlay, restore } from './leftover.ts';
import type { SpanKind } from './span-ids.ts';
import { laterBy, toUnixNano } from './span-time.ts';

/** What the fields of a node do not tell, as JSON text; see `leftover.ts`. */
const REST = 'pd.rest';

/** The instrumentation scope of our spans. */
export const SCOPE = '@pd/call-log';

/** How a kind of node stands in attributes. */
export interface NodeShape {
  fields: readonly Field[];
  /** What else is told by attributes that the caller writes. */
  more?: (attributes: JsonObject) => JsonObject;
}

/** The attributes of a node: its fields, `more`, and whatever of the node these do not tell. */
export function writeNode(node: object, shape: NodeShape, more: JsonObject = {}): JsonObject {
  // A node of the tree is JSON, although its type does not say so.
  const whole = node as JsonObject;
  const attributes = { ...conventional(writeFields(whole, shape.fields)), ...more };
  const rest = leftover(whole, told(attributes, shape));
  return { ...attributes, ...(rest !== undefined && { [REST]: JSON.stringify(rest) }) };
}

/** The node that {@link writeNode} was given. */
export function readNode(attributes: JsonObject, shape: NodeShape): JsonObject {
  const rest = parseJson(attributes[REST]);
  const known = told(attributes, shape);
  return isObject(rest) ? restore(known, rest) : known;
}

function told(attributes: JsonObject, { fields, more }: NodeShape): JsonObject {
  const known = readFields(attributes, fields);
  return more === undefined ? known : overlay(known, more(attributes));
}

/** What a span is, apart from what it says. */
export interface SpanPlace {
  kind: SpanKind;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  /** Attributes of the process that is said to have made it. */
  resource: JsonObject;
}

/** When something was, in the tree's words. */
export interface SpanTimes {
  started_at?: string | undefined;
  ended_at?: string | undefined;
  duration_ms?: number | undefined;
}

/**
 * A span of ours.
 *
 * @param client whether it stands for a request to a server
 * @param otherwise when it was, should its own times say nothing; nanoseconds since 1970
 */
export function nodeSpan(
  { kind, resource, ...place }: SpanPlace,
  name: string,
  attributes: JsonObject,
  times: SpanTimes,
  { client = false, otherwise = '0' }: { client?: boolean; otherwise?: string } = {},
): Span {
  const start = toUnixNano(times.started_at) ?? otherwise;
  const end = toUnixNano(times.ended_at) ?? laterBy(start, times.duration_ms ?? 0);
  return {
    ...place,
    name,
    kind: client ? 3 : 1,
    startTimeUnixNano: start,
    // A clock may have been set back; a span that ends before it starts is refused by some backends.
    endTimeUnixNano: BigInt(end) < BigInt(start) ? start : end,
    attributes: { ...attributes, 'pd.kind': kind },
    events: [],
    status: statusOf(attributes),
    scope: { name: SCOPE, version },
    resource,
  };
}

/** Instrumentations leave it to others to say that something is right. */
function statusOf({ 'pd.status': status, 'pd.error.message': message }: JsonObject): Span['status'] {
  if (!isFailed(status)) return { code: 0 };
  return { code: 2, message: typeof message === 'string' ? message : status };
}
