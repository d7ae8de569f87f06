import type { JsonObject } from '../schema/json.ts';
import { Attributes } from './attributes.ts';
import { aiSdk } from './flavours/ai-sdk.ts';
import type { Flavour } from './flavours/flavour.ts';
import { genai } from './flavours/genai.ts';
import { openinference } from './flavours/openinference.ts';
import { openllmetry } from './flavours/openllmetry.ts';
import type { TraceNode } from './reading.ts';
import type { Span } from './span.ts';
import { readFailure } from './span-failure.ts';
import { toNanoseconds } from './span-time.ts';

/** The first that knows a span reads it: the dialects that borrow `gen_ai.*` names come before the conventions. */
const flavours: readonly Flavour[] = [openinference, aiSdk, openllmetry, genai];

/** A span as a node of its trace: what it says of a run, where it stands, when it was, how it failed. */
export function readSpan(span: Span): TraceNode {
  const attributes = new Attributes(span.attributes);
  const flavour = flavours.find((one) => one.knows(attributes));
  const reading = flavour?.read(attributes, span);
  const start = toNanoseconds(span.startTimeUnixNano);
  const end = toNanoseconds(span.endTimeUnixNano);
  const failure = readFailure(span);
  const { parentSpanId: parentId = '' } = span;
  return {
    traceId: span.traceId,
    id: span.spanId,
    ...(parentId !== '' && { parentId, remoteParent: span.remoteParent === true }),
    name: span.name,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(reading !== undefined && { reading }),
    ...(failure !== undefined && { failure }),
    ...(flavour !== undefined && { metadata: metadataOf(span, flavour, attributes) }),
  };
}

/** Where a call comes from, and what its span says beside what a call has a place for. */
function metadataOf(
  { traceId, name, scope }: Span,
  { ignored }: Flavour,
  attributes: Attributes,
): JsonObject {
  const more = Object.entries(attributes.unread()).filter(
    ([one]) => !ignored.some((prefix) => one.startsWith(prefix)),
  );
  return {
    otel: {
      trace_id: traceId,
      span: name,
      scope: scope.version === undefined ? scope.name : `${scope.name}@${scope.version}`,
      ...(more.length > 0 && { attributes: Object.fromEntries(more) }),
    },
  };
}
