import { readFileSync } from 'node:fs';
import { createCallLog } from '../src/call-log.ts';
import type { Span } from '../src/otel/span.ts';
import { readTree } from '../src/reader/read-tree.ts';
import type { JsonValue } from '../src/schema/json.ts';
import type { LogEvent } from '../src/schema/logger-events.ts';
import type { CallNode, RunTree } from '../src/schema/tree.ts';

/** The trace of spans that name none. */
export const TRACE = '0af7651916cd43dd8448eb211c80319c';

/** What a span of a test is; times are milliseconds after a fixed moment. */
export interface SpanSketch extends Partial<Omit<Span, 'attributes'>> {
  id: string;
  parent?: string;
  from?: number;
  to?: number;
  attributes?: { [name: string]: JsonValue };
}

/** A whole span from what matters in a test. */
export function span({ id, parent, from = 0, to = from + 1, attributes = {}, ...more }: SpanSketch): Span {
  const nano = (ms: number) => String(1_790_000_000_000_000_000n + BigInt(Math.round(ms * 1_000_000)));
  return {
    traceId: TRACE,
    spanId: id,
    ...(parent !== undefined && { parentSpanId: parent }),
    name: id,
    kind: 1,
    startTimeUnixNano: nano(from),
    endTimeUnixNano: nano(to),
    attributes,
    events: [],
    status: { code: 0 },
    scope: { name: 'test' },
    resource: {},
    ...more,
  };
}

/** A call of a model in OpenTelemetry's own words. */
export function chatSpan({ attributes, ...more }: SpanSketch): Span {
  return span({
    ...more,
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', ...attributes },
  });
}

/** An agent at work. */
export function agentSpan(name: string | undefined, sketch: SpanSketch): Span {
  const agent: Span['attributes'] = name === undefined ? {} : { 'gen_ai.agent.name': name };
  return span({ ...sketch, attributes: { 'gen_ai.operation.name': 'invoke_agent', ...agent } });
}

/** Spans of a real program, as `e2e/src/model-server.ts` and the instrumentation that the file is named after made them. */
export function recordedSpans(name: string): Span[] {
  return JSON.parse(readFileSync(new URL(`./fixtures/spans/${name}.json`, import.meta.url), 'utf8'));
}

/** The trees that a log makes of events, by run. */
export async function treesOf(dir: string, events: readonly LogEvent[]): Promise<Map<string, RunTree>> {
  const log = createCallLog({ dir, tree: false, onDiagnostic: ({ message }) => expectNone(message) });
  for (const event of events) log.logger(event);
  await log.close();
  const ids = new Set(events.flatMap(({ run_id }) => run_id ?? []));
  const trees = await Promise.all([...ids].map((id) => readTree(`${dir}/${id}.jsonl`)));
  return new Map(trees.map((tree) => [tree.run.id, tree]));
}

/** All calls of a tree with their owners, in the order in which they began. */
export function callsOf(tree: RunTree): (CallNode & { owner: string })[] {
  return tree.agents
    .flatMap(({ id, calls }) => calls.map((call) => ({ ...call, owner: id })))
    .sort((a, b) => a.started_at.localeCompare(b.started_at));
}

function expectNone(message: string): never {
  throw new Error(`the log is in trouble: ${message}`);
}
