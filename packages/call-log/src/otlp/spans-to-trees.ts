import { UNKNOWN_AGENT } from '../identity/resolve.ts';
import type { Span } from '../otel/span.ts';
import type { JsonObject } from '../schema/json.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import type { AgentNode, AttemptNode, CallNode, MessageNode, RunTree, ToolCallNode } from '../schema/tree.ts';
import { addCall, addTotals, emptyTotals } from '../tree/totals.ts';
import { attemptShape, callShape, toolShape } from './call-spans.ts';
import { parseJson } from './fields.ts';
import { isObject } from './leftover.ts';
import { readNode } from './node-span.ts';
import {
  agentShape,
  MESSAGE_EVENT,
  messageShape,
  ORPHAN_EVENT,
  type RunNode,
  runShape,
} from './run-spans.ts';
import { fromUnixNano } from './span-time.ts';

/** Whether a span is one that we made of a run. */
export function isOwnSpan({ attributes }: Span): boolean {
  return typeof attributes['pd.kind'] === 'string';
}

/**
 * The trees of our own spans, one for each trace, in the order of their first spans. Spans may come in any order, in several
 * copies, and not all of them: a run without its root span is `interrupted`, because whoever exported it did not come to
 * its end, and spans whose call is missing are orphans. The trees are not checked: attributes may be anybody's.
 */
export function spansToTrees(spans: readonly Span[]): RunTree[] {
  const traces = new Map<string, Map<string, Span>>();
  for (const span of spans) {
    const trace = traces.get(span.traceId) ?? new Map<string, Span>();
    traces.set(span.traceId, trace);
    // A batch that was sent again because nobody answered is there twice.
    trace.set(span.spanId, span);
  }
  return [...traces.values()].map(traceToTree);
}

function traceToTree(trace: ReadonlyMap<string, Span>): RunTree {
  const spans = [...trace.values()];
  const ofKind = (kind: string) =>
    spans.filter(({ attributes }) => attributes['pd.kind'] === kind).toSorted(byIndex);
  const calls = new Map<string, CallNode>();
  const callsOf = new Map<string, CallNode[]>();
  for (const span of ofKind('call')) {
    const call = { ...readNode(span.attributes, callShape), attempts: [], tool_calls: [] };
    const agentId = String(span.attributes['gen_ai.agent.id'] ?? UNKNOWN_AGENT);
    calls.set(span.spanId, call as unknown as CallNode);
    const siblings = callsOf.get(agentId) ?? [];
    callsOf.set(agentId, siblings);
    siblings.push(call as unknown as CallNode);
  }
  const lost: JsonObject[] = [];
  const attach = (span: Span, add: (call: CallNode) => void): void => {
    const call = calls.get(span.parentSpanId ?? '');
    if (call === undefined) lost.push(toOrphan(span));
    else add(call);
  };
  for (const span of ofKind('attempt'))
    attach(span, ({ attempts }) =>
      attempts.push(readNode(span.attributes, attemptShape) as unknown as AttemptNode),
    );
  for (const span of ofKind('tool'))
    attach(span, ({ tool_calls }) =>
      tool_calls.push(readNode(span.attributes, toolShape) as unknown as ToolCallNode),
    );
  const agents = ofKind('agent').map((span) => readNode(span.attributes, agentShape));
  const known = new Set(agents.map(({ id }) => id));
  for (const id of callsOf.keys()) if (!known.has(id)) agents.push({ id });
  const nodes = agents.map((agent) => withCalls(agent, callsOf.get(String(agent.id)) ?? []));
  const [root] = ofKind('run');
  const run = root === undefined ? unfinished(spans, nodes) : readNode(root.attributes, runShape);
  const events = spans.flatMap(({ events }) => events).toSorted(byIndex);
  return {
    ...(run as unknown as RunNode),
    agents: nodes,
    messages: events
      .filter(({ name }) => name === MESSAGE_EVENT)
      .map(({ attributes }) => readNode(attributes, messageShape) as unknown as MessageNode),
    orphans: [
      ...events
        .filter(({ name }) => name === ORPHAN_EVENT)
        .flatMap(({ attributes }) => parseJson(attributes['pd.record']) ?? [])
        .filter(isObject),
      ...lost,
    ],
  };
}

function byIndex(a: Pick<Span, 'attributes'>, b: Pick<Span, 'attributes'>): number {
  return indexOf(a) - indexOf(b);
}

function indexOf({ attributes }: Pick<Span, 'attributes'>): number {
  const index = attributes['pd.index'];
  return typeof index === 'number' ? index : Number.MAX_SAFE_INTEGER;
}

function withCalls(agent: JsonObject, calls: CallNode[]): AgentNode {
  const totals = emptyTotals();
  for (const call of calls) addCall(totals, call);
  return { totals, ...agent, calls } as unknown as AgentNode;
}

/** The run of a trace whose root span never came. */
function unfinished(spans: readonly Span[], agents: readonly AgentNode[]): JsonObject {
  const totals = emptyTotals();
  for (const agent of agents) addTotals(totals, agent.totals);
  const first = spans.reduce((a, b) => (BigInt(b.startTimeUnixNano) < BigInt(a.startTimeUnixNano) ? b : a));
  return {
    schema_version: SCHEMA_VERSION,
    run: {
      id: first.attributes['gen_ai.conversation.id'] ?? first.traceId,
      status: 'interrupted',
      started_at: fromUnixNano(first.startTimeUnixNano),
      metadata: {},
      totals: { ...totals },
    },
    audit: { events: spans.length, unpriced_calls: totals.unpriced_calls, damaged_lines: 0 },
  };
}

/** A span without its call, kept so that nothing vanishes. */
function toOrphan({ name, spanId, attributes }: Span): JsonObject {
  return { type: 'span', name, span_id: spanId, attributes };
}
