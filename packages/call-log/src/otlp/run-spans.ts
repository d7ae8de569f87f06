import type { Span } from '../otel/span.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AgentNode, MessageNode, RunTree } from '../schema/tree.ts';
import { agentFields, messageFields, runFields } from './conventions.ts';
import { type NodeShape, nodeSpan, type SpanPlace, writeNode } from './node-span.ts';
import { spanIdOf, traceIdOf } from './span-ids.ts';
import { toUnixNano } from './span-time.ts';

export const runShape: NodeShape = { fields: runFields };
export const agentShape: NodeShape = { fields: agentFields };
export const messageShape: NodeShape = { fields: messageFields };

/** The name of the span event that is a message to another agent. */
export const MESSAGE_EVENT = 'pd.message';
/** The name of the span event that is a record without a call. */
export const ORPHAN_EVENT = 'pd.orphan';

/** A tree without the parts that have spans and events of their own. */
export type RunNode = Omit<RunTree, 'agents' | 'messages' | 'orphans'>;

/** The root span: the run. */
export function runSpan(node: RunNode, resource: JsonObject): Span {
  const { id, name } = node.run;
  const place: SpanPlace = {
    kind: 'run',
    traceId: traceIdOf(id),
    spanId: spanIdOf(id, 'run'),
    resource,
  };
  const attributes = {
    ...writeNode(node, runShape),
    'gen_ai.operation.name': 'invoke_workflow',
    'gen_ai.conversation.id': id,
  };
  return nodeSpan(place, `invoke_workflow ${name ?? id}`, attributes, node.run);
}

/** Where an agent stands. */
export interface AgentPlace {
  runId: string;
  /** The agent whose span is around its own; none: the run's. */
  parentId?: string | undefined;
  /** Counts the agents of the run from 0. */
  index: number;
  resource: JsonObject;
}

/**
 * The span of an agent.
 *
 * @param otherwise when it was, should it never have been at work; nanoseconds since 1970
 */
export function agentSpan(
  node: Omit<AgentNode, 'calls'>,
  { runId, parentId, index, resource }: AgentPlace,
  { startedAt, endedAt }: { startedAt?: string; endedAt?: string },
  otherwise: string,
): Span {
  const place: SpanPlace = {
    kind: 'agent',
    traceId: traceIdOf(runId),
    spanId: spanIdOf(runId, 'agent', node.id),
    parentSpanId: parentId === undefined ? spanIdOf(runId, 'run') : spanIdOf(runId, 'agent', parentId),
    resource,
  };
  const attributes = {
    ...writeNode(node, agentShape),
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.conversation.id': runId,
    'pd.index': index,
  };
  const times = { started_at: startedAt, ended_at: endedAt };
  return nodeSpan(place, `invoke_agent ${node.name ?? node.id}`, attributes, times, { otherwise });
}

/** A message as an event of its sender's span. */
export function messageEvent(message: MessageNode, index: number): Span['events'][number] {
  return {
    name: MESSAGE_EVENT,
    timeUnixNano: toUnixNano(message.at) ?? '0',
    attributes: { ...writeNode(message, messageShape), 'pd.index': index },
  };
}

/** A record that belongs to no call, as an event of the run's span. */
export function orphanEvent(record: JsonObject, index: number): Span['events'][number] {
  const at = typeof record.at === 'string' ? record.at : undefined;
  return {
    name: ORPHAN_EVENT,
    timeUnixNano: toUnixNano(at) ?? '0',
    attributes: { 'pd.record': JSON.stringify(record), 'pd.index': index },
  };
}
