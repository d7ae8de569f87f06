import { toPlainJson } from '../journal/to-plain-json.ts';
import { isObject, parsed, textOf } from '../otel/attributes.ts';
import type { Reading, TraceNode } from '../otel/reading.ts';
import { toFailure } from '../otel/span-failure.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AgentsSpan } from './agents-span.ts';
import { readGeneration, readResponse } from './read-call.ts';

/** A span of the SDK as a node of its trace. A span without a parent stands directly in the trace. */
export function readAgentsSpan(span: AgentsSpan, provider: string | undefined): TraceNode {
  // As plain JSON, because a tool or a model of somebody's own may put anything into it.
  const { value } = toPlainJson(span.spanData, (text) => text);
  const data = isObject(value) ? value : {};
  const reading = readData(data, provider);
  const failure = span.error && failureOf(span.error);
  const start = toNanoseconds(span.startedAt);
  const end = toNanoseconds(span.endedAt);
  return {
    traceId: span.traceId,
    id: span.spanId,
    parentId: span.parentId ?? span.traceId,
    name: textOf(data, 'name') ?? span.spanData.type,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(reading !== undefined && { reading }),
    ...(failure && { failure }),
  };
}

function readData(data: JsonObject, provider: string | undefined): Reading | undefined {
  const name = textOf(data, 'name') ?? '';
  switch (data.type) {
    case 'agent':
      return { kind: 'agent', agent: { id: name } };
    case 'generation':
      return readGeneration(data, provider);
    case 'response':
      return readResponse(data, provider);
    case 'function': {
      const { input, output } = data;
      return {
        kind: 'tool',
        name,
        ...(input !== undefined && input !== '' && { arguments: parsed(input) }),
        ...(output !== undefined && output !== '' && { result: parsed(output) }),
      };
    }
    case 'handoff': {
      const from = textOf(data, 'from_agent');
      const to = textOf(data, 'to_agent');
      return { kind: 'handoff', ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    }
    case 'guardrail':
      return { kind: 'guardrail', name, triggered: data.triggered === true };
    default:
      return undefined;
  }
}

/** Around a model's own error stands `Error in agent run`, with the error as text in its data. */
function failureOf({ message, data }: NonNullable<AgentsSpan['error']>) {
  const { value } = toPlainJson(data ?? {}, (text) => text);
  const cause = textOf(value, 'error');
  const [, type = 'Error'] = /^([A-Z]\w*): /.exec(cause ?? '') ?? [];
  return toFailure(type, cause === undefined ? message : `${message}: ${cause}`, statusIn(message));
}

/** The `openai` client begins its messages with the HTTP status: `500 the model fell over`. */
function statusIn(message: string): number | undefined {
  const [, status] = /^([45]\d\d) /.exec(message) ?? [];
  return status === undefined ? undefined : Number(status);
}

function toNanoseconds(iso: string | null): bigint | undefined {
  const milliseconds = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n;
}
