import type { Span } from '../otel/span.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AttemptNode, CallNode, ToolCallNode } from '../schema/tree.ts';
import { readContent, writeContent } from './call-content.ts';
import { attemptFields, callFields, toolFields } from './conventions.ts';
import { type NodeShape, nodeSpan, type SpanPlace, writeNode } from './node-span.ts';
import { spanIdOf, traceIdOf } from './span-ids.ts';

export const callShape: NodeShape = { fields: callFields, more: readContent };
export const attemptShape: NodeShape = { fields: attemptFields };
export const toolShape: NodeShape = { fields: toolFields };

/** Whose call it is, and where among theirs. */
export interface CallPlace {
  runId: string;
  agentId: string;
  agentName?: string | undefined;
  /** Counts the agent's calls from 0. */
  index: number;
  resource: JsonObject;
}

/**
 * The span of a call, and one for each of its attempts. Those of its tool calls are made by {@link toolSpan}.
 *
 * @param request every message of the request, where it is known; else those that are new in the call
 */
export function callSpans(
  node: CallNode,
  { runId, agentId, agentName, index, resource }: CallPlace,
  request: readonly JsonObject[] = node.pre.messages,
): Span[] {
  const { attempts, tool_calls: _, ...call } = node;
  const place: SpanPlace = {
    kind: 'call',
    traceId: traceIdOf(runId),
    spanId: spanIdOf(runId, 'call', call.id),
    parentSpanId: spanIdOf(runId, 'agent', agentId),
    resource,
  };
  const attributes: JsonObject = {
    ...writeNode(call, callShape, writeContent(call, request)),
    'gen_ai.agent.id': agentId,
    ...(agentName !== undefined && { 'gen_ai.agent.name': agentName }),
    'gen_ai.conversation.id': runId,
    'pd.index': index,
  };
  const name = `${attributes['gen_ai.operation.name']} ${call.pre.model}`;
  return [
    nodeSpan(place, name, attributes, call, { client: true }),
    ...attempts.map((attempt, i) => attemptSpan(attempt, i, call.id, runId, resource)),
  ];
}

function attemptSpan(
  attempt: AttemptNode,
  index: number,
  callId: string,
  runId: string,
  resource: JsonObject,
): Span {
  const place: SpanPlace = {
    kind: 'attempt',
    traceId: traceIdOf(runId),
    spanId: spanIdOf(runId, 'attempt', callId, index),
    parentSpanId: spanIdOf(runId, 'call', callId),
    resource,
  };
  const attributes = {
    ...writeNode(attempt, attemptShape),
    'gen_ai.conversation.id': runId,
    'pd.index': index,
  };
  return nodeSpan(place, `attempt ${attempt.number}`, attributes, attempt, { client: true });
}

/**
 * The span of a tool call.
 *
 * @param index counts the tool calls of the call from 0
 * @param at when it began; the tree does not know, so without it, when the call was over
 */
export function toolSpan(
  tool: ToolCallNode,
  index: number,
  call: Pick<CallNode, 'id' | 'started_at' | 'ended_at'>,
  { runId, resource }: Pick<CallPlace, 'runId' | 'resource'>,
  at: string | undefined = call.ended_at ?? call.started_at,
): Span {
  const place: SpanPlace = {
    kind: 'tool',
    traceId: traceIdOf(runId),
    spanId: spanIdOf(runId, 'tool', call.id, index),
    parentSpanId: spanIdOf(runId, 'call', call.id),
    resource,
  };
  const attributes = {
    ...writeNode(tool, toolShape),
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.type': 'function',
    'gen_ai.conversation.id': runId,
    'pd.index': index,
  };
  const times = { started_at: at, duration_ms: tool.duration_ms };
  return nodeSpan(place, `execute_tool ${tool.name}`, attributes, times);
}
