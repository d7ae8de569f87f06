import type { ErrorRecord } from '../schema/common.ts';
import type { CallStart, LogEvent } from '../schema/logger-events.ts';
import type { CallReading, GuardrailReading, HandoffReading, ToolReading, TraceNode } from './reading.ts';
import { millisecondsBetween, toIso } from './span-time.ts';
import type { Owner } from './trace.ts';

/** The provider or model of a call whose span does not say it; the log wants one. */
const UNKNOWN = 'unknown';

/** What the trace around a span says of it. */
export interface Placed {
  /** The run to name; none leaves it to the log. */
  runId: string | undefined;
  owner: Owner | undefined;
  parentCallId: string | undefined;
}

/** When and where an event belongs. */
export function located(
  time: bigint | undefined,
  runId: string | undefined,
): { at?: string; run_id?: string } {
  const at = toIso(time);
  return { ...(at !== undefined && { at }), ...(runId !== undefined && { run_id: runId }) };
}

/** Begin and end of a call, with the one attempt that its span tells of. */
export function callEvents(
  node: TraceNode,
  call: CallReading,
  { runId, owner, parentCallId }: Placed,
): { start: LogEvent[]; end: LogEvent[] } {
  const { id: call_id, start, end, failure } = node;
  const { provider = UNKNOWN, model = UNKNOWN, parameters, tools } = call;
  const began = located(start, runId);
  const ended = {
    ...located(end, runId),
    ...durationOf(node),
    ...(failure ?? { status: call.ending ?? 'ok' }),
  };
  const callStart: CallStart = {
    type: 'call.start',
    ...began,
    call_id,
    ...(parentCallId !== undefined && { parent_call_id: parentCallId }),
    ...(owner !== undefined && { agent: owner.agent, agent_source: owner.source }),
    operation: call.operation,
    provider,
    model,
    messages: call.messages,
    ...(parameters !== undefined && Object.keys(parameters).length > 0 && { parameters }),
    ...(tools !== undefined && { tools }),
    // Put together from what the span has of it.
    exact: false,
    ...(node.metadata !== undefined && { metadata: node.metadata }),
  };
  const usage = call.usage !== undefined && { usage: call.usage };
  const cost = call.costUsd !== undefined && { cost_usd: call.costUsd };
  const { reply, timeToFirstChunkMs: firstChunk } = call;
  const httpStatus = failure?.error.status;
  return {
    start: [callStart, { type: 'attempt.start', ...began, call_id, number: 1, provider, model }],
    end: [
      {
        type: 'attempt.end',
        ...ended,
        call_id,
        number: 1,
        ...(httpStatus !== undefined && { http_status: httpStatus }),
        ...(reply?.model !== undefined && { model: reply.model }),
        ...usage,
        ...cost,
      },
      {
        type: 'call.end',
        ...ended,
        call_id,
        ...(firstChunk !== undefined && { time_to_first_chunk_ms: firstChunk }),
        ...(reply !== undefined && Object.keys(reply).length > 0 && { reply }),
        ...usage,
        ...cost,
      },
    ],
  };
}

/** Begin and end of a tool call, in the call that asked for it. */
export function toolEvents(
  node: TraceNode,
  tool: ToolReading,
  { callId, toolCallId, runId }: { callId: string; toolCallId: string; runId: string | undefined },
): { start: LogEvent[]; end: LogEvent[] } {
  const { failure } = node;
  const place = { call_id: callId, tool_call_id: toolCallId };
  const result = tool.result ?? (failure && errorResult(failure.error));
  return {
    start: [
      {
        type: 'tool.start',
        ...located(node.start, runId),
        ...place,
        name: tool.name,
        ...(tool.arguments !== undefined && { arguments: tool.arguments }),
      },
    ],
    end: [
      {
        type: 'tool.end',
        ...located(node.end, runId),
        ...place,
        status: failure?.status ?? 'ok',
        ...(result !== undefined && { result }),
        ...durationOf(node),
      },
    ],
  };
}

/** A handoff as a message from agent to agent. */
export function handoffEvent(
  node: TraceNode,
  { from, to }: HandoffReading,
  callId: string | undefined,
  runId: string | undefined,
): LogEvent {
  return {
    type: 'message',
    ...located(node.end, runId),
    message_id: node.id,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(callId !== undefined && { call_id: callId }),
    status: to === undefined ? 'rejected' : 'delivered',
  };
}

/** A guardrail as somebody before whom an agent's work is put, and who lets it pass or does not. */
export function guardrailEvents(
  node: TraceNode,
  { name, triggered }: GuardrailReading,
  from: string | undefined,
  runId: string | undefined,
): LogEvent[] {
  const place = located(node.end, runId);
  return [
    { type: 'agent.start', ...place, agent: { id: name, role: 'guardrail' } },
    {
      type: 'message',
      ...place,
      message_id: node.id,
      ...(from !== undefined && { from }),
      to: name,
      status: triggered ? 'rejected' : 'handled',
    },
  ];
}

function durationOf({ start, end }: TraceNode): { duration_ms?: number } {
  const duration = millisecondsBetween(start, end);
  return duration === undefined ? {} : { duration_ms: duration };
}

function errorResult({ type, message }: ErrorRecord) {
  return { error: { type, message } };
}
