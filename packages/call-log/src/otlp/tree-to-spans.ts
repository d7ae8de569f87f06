import { IncompleteRecordError } from '../errors/incomplete-record-error.ts';
import type { Span } from '../otel/span.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AgentNode, CallNode, RunTree } from '../schema/tree.ts';
import { callsById, expandRequest } from '../tree/expand-request.ts';
import { callSpans, toolSpan } from './call-spans.ts';
import { agentSpan, messageEvent, orphanEvent, runSpan } from './run-spans.ts';

export interface TreeToSpansOptions {
  /**
   * What `gen_ai.input.messages` of a call holds: the whole request (default), as the conventions ask, or only the
   * messages that are `new` in it, which keeps long conversations linear. Nothing is lost either way.
   */
  messages?: 'all' | 'new';
  /** Attributes of the process that the spans are said to come from. Default: `service.name` is `call-log`. */
  resource?: JsonObject;
}

/** What is said of the process when nobody says anything. */
export const DEFAULT_RESOURCE: JsonObject = { 'service.name': 'call-log' };

/** The spans of a run: run → agents → calls → attempts and tool calls, all of one trace, parents before children. */
export function* treeToSpans(
  tree: RunTree,
  { messages = 'all', resource = DEFAULT_RESOURCE }: TreeToSpansOptions = {},
): Generator<Span> {
  const { agents, messages: envelopes, orphans, ...run } = tree;
  const runId = run.run.id;
  const root = runSpan(run, resource);
  const nested = parentsOf(agents);
  const extents = extentsOf(tree);
  const spans = agents.map((agent, index) => {
    const { calls: _, ...node } = agent;
    const place = { parentId: nested.get(agent.id), ...extents.get(agent.id) };
    return agentSpan(node, index, runId, place, resource, root.startTimeUnixNano);
  });
  const spanOf = new Map(agents.map(({ id }, i) => [id, spans[i]]));
  for (const [i, envelope] of envelopes.entries())
    ((envelope.from === undefined ? undefined : spanOf.get(envelope.from)) ?? root).events.push(
      messageEvent(envelope, i),
    );
  root.events.push(...orphans.map(orphanEvent));
  yield root;
  yield* spans;
  const calls = callsById(tree);
  for (const agent of agents)
    for (const [index, call] of agent.calls.entries()) {
      const place = { runId, agentId: agent.id, agentName: agent.name, index, resource };
      yield* callSpans(call, place, messages === 'new' ? undefined : requestOf(call, calls));
      for (const [i, tool] of call.tool_calls.entries()) yield toolSpan(tool, i, call, place);
    }
}

/** The whole request, or `undefined` where the record is damaged. */
function requestOf(call: CallNode, calls: ReadonlyMap<string, CallNode>): JsonObject[] | undefined {
  try {
    return expandRequest(call, calls);
  } catch (error) {
    if (!(error instanceof IncompleteRecordError)) throw error;
    return undefined;
  }
}

/** The parent of each agent that has one among the others. A circle has no top, so nobody in it has a parent. */
function parentsOf(agents: readonly AgentNode[]): Map<string, string> {
  const given = new Map(agents.map(({ id, parent_id }) => [id, parent_id]));
  const isRooted = (id: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && given.has(at); at = given.get(at)) {
      if (seen.has(at)) return false;
      seen.add(at);
    }
    return true;
  };
  return new Map(
    agents.flatMap(({ id, parent_id }) =>
      parent_id !== undefined && given.has(parent_id) && isRooted(id) ? [[id, parent_id] as const] : [],
    ),
  );
}

/** When each agent was at work; nothing of one that never was. */
function extentsOf({ agents, messages }: RunTree): Map<string, { startedAt: string; endedAt: string }> {
  const extents = new Map<string, { startedAt: string; endedAt: string }>();
  const extend = (agent: string, at: string): void => {
    if (Number.isNaN(Date.parse(at))) return;
    const { startedAt, endedAt } = extents.get(agent) ?? { startedAt: at, endedAt: at };
    extents.set(agent, {
      startedAt: at < startedAt ? at : startedAt,
      endedAt: at > endedAt ? at : endedAt,
    });
  };
  for (const { id, calls } of agents)
    for (const { started_at, ended_at = started_at } of calls) {
      extend(id, started_at);
      extend(id, ended_at);
    }
  for (const { from, at } of messages) if (from !== undefined) extend(from, at);
  return extents;
}
