import { OtlpFormatError } from '../errors/otlp-format-error.ts';
import type { Span } from '../otel/span.ts';
import type { JsonObject } from '../schema/json.ts';
import { version } from '../version.ts';
import { fromKeyValues, type KeyValue, toKeyValues } from './any-value.ts';
import { isObject } from './leftover.ts';
import { SCOPE } from './node-span.ts';

/** That it is known where the parent was made, and that it was another process. @see https://github.com/open-telemetry/opentelemetry-proto (`SpanFlags`) */
const REMOTE_PARENT = 0x300;

/** A span in OTLP's JSON encoding. */
export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  events: { name: string; timeUnixNano: string; attributes: KeyValue[] }[];
  status: { code: number; message?: string };
}

/** `ExportTraceServiceRequest` in OTLP's JSON encoding: what a collector takes, and writes to files. */
export interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: { scope: { name: string; version?: string }; spans: OtlpSpan[] }[];
  }[];
}

/** Spans as OTLP/JSON, those of one process and instrumentation together. @see https://opentelemetry.io/docs/specs/otlp/ */
export function toOtlpRequest(spans: readonly Span[]): OtlpRequest {
  const resources = new Map<string, { first: Span; scopes: Map<string, Span[]> }>();
  for (const span of spans) {
    const resource = JSON.stringify(span.resource);
    const group = resources.get(resource) ?? { first: span, scopes: new Map<string, Span[]>() };
    resources.set(resource, group);
    const scope = JSON.stringify([span.scope.name, span.scope.version]);
    const list = group.scopes.get(scope) ?? [];
    group.scopes.set(scope, list);
    list.push(span);
  }
  return {
    resourceSpans: [...resources.values()].map(({ first, scopes }) => ({
      resource: { attributes: toKeyValues(first.resource) },
      scopeSpans: [...scopes.values()].map((list) => ({
        scope: list[0]?.scope ?? { name: '' },
        spans: list.map(toOtlpSpan),
      })),
    })),
  };
}

/** A span in OTLP's JSON encoding, as text. @throws {RangeError} when an attribute is nested deeper than 128 levels */
export function spanText(span: Span): string {
  return JSON.stringify(toOtlpSpan(span));
}

/** A request of spans of ours that are text already. */
export function requestText(spans: readonly string[], resource: JsonObject): string {
  const attributes = JSON.stringify(toKeyValues(resource));
  const scope = JSON.stringify({ name: SCOPE, version });
  return `{"resourceSpans":[{"resource":{"attributes":${attributes}},"scopeSpans":[{"scope":${scope},"spans":[${spans.join(',')}]}]}]}`;
}

function toOtlpSpan({
  scope: _,
  resource: __,
  remoteParent: ___,
  attributes,
  events,
  ...span
}: Span): OtlpSpan {
  return {
    ...span,
    attributes: toKeyValues(attributes),
    events: events.map((event) => ({ ...event, attributes: toKeyValues(event.attributes) })),
  };
}

/**
 * The spans of an `ExportTraceServiceRequest`, whoever wrote it. What is not there has its default, unknown fields are
 * passed over.
 *
 * @throws {OtlpFormatError} when it is none, or a span has no ids; names the place
 */
export function fromOtlpRequest(json: unknown): Span[] {
  if (!isObject(json) || !Array.isArray(json.resourceSpans))
    throw new OtlpFormatError('the top', 'there is no list "resourceSpans"');
  return json.resourceSpans.flatMap((group: unknown, i) => {
    const place = `resourceSpans[${i}]`;
    const { resource, scopeSpans } = objectAt(group, place);
    const attributes = fromKeyValues(isObject(resource) ? resource.attributes : undefined);
    return listAt(scopeSpans, `${place}.scopeSpans`).flatMap((part, j) => {
      const inner = `${place}.scopeSpans[${j}]`;
      const { scope, spans } = objectAt(part, inner);
      const { name, version } = isObject(scope) ? scope : {};
      const from = {
        scope: { name: textOf(name), ...(typeof version === 'string' && { version }) },
        resource: attributes,
      };
      return listAt(spans, `${inner}.spans`).map((span, k) => {
        try {
          return { ...fromOtlpSpan(objectAt(span, `${inner}.spans[${k}]`), `${inner}.spans[${k}]`), ...from };
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          throw new OtlpFormatError(`${inner}.spans[${k}]`, error.message, { cause: error });
        }
      });
    });
  });
}

function fromOtlpSpan(span: { [field: string]: unknown }, place: string): Omit<Span, 'scope' | 'resource'> {
  const parent = span.parentSpanId;
  const status = isObject(span.status) ? span.status : {};
  const start = nanosOf(span.startTimeUnixNano);
  return {
    traceId: hexAt(span.traceId, 32, `${place}.traceId`),
    spanId: hexAt(span.spanId, 16, `${place}.spanId`),
    ...(typeof parent === 'string' &&
      /[^0]/.test(parent) && { parentSpanId: hexAt(parent, 16, `${place}.parentSpanId`) }),
    ...(typeof span.flags === 'number' &&
      (span.flags & REMOTE_PARENT) === REMOTE_PARENT && { remoteParent: true }),
    name: textOf(span.name),
    kind: typeof span.kind === 'number' ? span.kind : 0,
    startTimeUnixNano: start,
    endTimeUnixNano: nanosOf(span.endTimeUnixNano, start),
    attributes: fromKeyValues(span.attributes),
    events: listAt(span.events, `${place}.events`)
      .filter(isObject)
      .map((event) => ({
        name: textOf(event.name),
        timeUnixNano: nanosOf(event.timeUnixNano, start),
        attributes: fromKeyValues(event.attributes),
      })),
    status: {
      code: typeof status.code === 'number' ? status.code : 0,
      ...(typeof status.message === 'string' && { message: status.message }),
    },
  };
}

function objectAt(value: unknown, place: string): { [field: string]: unknown } {
  if (!isObject(value)) throw new OtlpFormatError(place, 'it is not an object');
  return value;
}

/** Proto3 leaves out what is empty. */
function listAt(value: unknown, place: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new OtlpFormatError(place, 'it is not a list');
  return value;
}

function hexAt(value: unknown, digits: number, place: string): string {
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]+$/i.test(value))
    throw new OtlpFormatError(place, `it is not ${digits} hex digits`);
  return value.toLowerCase();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Some write a number, which JSON has rounded by now. */
function nanosOf(value: unknown, otherwise = '0'): string {
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  return typeof value === 'number' && value >= 0 && value <= 2 ** 64
    ? String(BigInt(Math.round(value)))
    : otherwise;
}
