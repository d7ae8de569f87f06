import { IncompleteRecordError } from '../errors/incomplete-record-error.ts';
import type { Span } from '../otel/span.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AgentNode, CallNode, RunTree } from '../schema/tree.ts';
import { callsById, expandRequest } from '../tree/expand-request.ts';
import { callSpans, toolSpan } from './call-spans.ts';
import { type Extents, extentsOf } from './extents.ts';
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
  yield* runSpans(tree, extentsOf(tree), resource);
  const calls = callsById(tree);
  for (const agent of tree.agents)
    for (const [index, call] of agent.calls.entries()) {
      const place = { runId: tree.run.id, agentId: agent.id, agentName: agent.name, index, resource };
      yield* callSpans(call, place, messages === 'new' ? undefined : requestOf(call, calls));
      for (const [i, tool] of call.tool_calls.entries()) yield toolSpan(tool, i, call, place);
    }
}

/** The spans of a run and of its agents, with what they said to each other; those of the calls apart. */
export function runSpans(tree: RunTree, extents: Extents, resource: JsonObject): Span[] {
  const { agents, messages, orphans, ...run } = tree;
  const root = runSpan(run, resource);
  const parents = parentsOf(agents);
  const spanOf = new Map(
    agents.map(({ calls: _, ...agent }, index) => {
      const place = { runId: run.run.id, parentId: parents.get(agent.id), index, resource };
      return [agent.id, agentSpan(agent, place, extents.of(agent.id), root.startTimeUnixNano)] as const;
    }),
  );
  for (const [i, message] of messages.entries())
    ((message.from === undefined ? undefined : spanOf.get(message.from)) ?? root).events.push(
      messageEvent(message, i),
    );
  root.events.push(...orphans.map(orphanEvent));
  return [root, ...spanOf.values()];
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
