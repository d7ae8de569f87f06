import type { CallNode, RunTree } from '@pd/call-log/schema';
import type { GraphSource, SourceCall } from './graph-source.ts';

/** A tree as the source of graphs. Times that are none (`'soon'`) are left out, as what is not known. */
export function sourceOf(tree: RunTree): GraphSource {
  return {
    runId: tree.run.id,
    runName: tree.run.name,
    agents: tree.agents.map(({ id, name, role, parent_id }) => ({ id, name, role, parentId: parent_id })),
    calls: tree.agents.flatMap(({ id, calls }) => calls.map((call) => sourceCall(id, call))),
    messages: tree.messages.map(({ id, from, to, at, call_id, status }, index) => ({
      index,
      id,
      from,
      to,
      atMs: timeOf(at),
      callId: call_id,
      status,
    })),
  };
}

/** Whether this is a tree rather than the facts of one. */
export function isTree(run: RunTree | GraphSource): run is RunTree {
  return 'schema_version' in run;
}

function sourceCall(agentId: string, call: CallNode): SourceCall {
  return {
    id: call.id,
    agentId,
    provider: call.pre.provider,
    model: call.pre.model,
    startMs: timeOf(call.started_at),
    endMs: timeOf(call.ended_at),
    durationMs: call.duration_ms,
    status: call.status,
    inputTokens: call.usage?.input_tokens,
    outputTokens: call.usage?.output_tokens,
    costUsd: call.cost_usd,
    parentCallId: call.parent_call_id,
    attempts: call.attempts.length,
    toolCalls: call.tool_calls.map(({ id, name, status, duration_ms }) => ({
      id,
      name,
      status,
      durationMs: duration_ms,
    })),
  };
}

function timeOf(iso: string | undefined): number | undefined {
  const ms = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(ms) ? undefined : ms;
}
