import type { RunTree } from '@pd/call-log/schema';
import { filterSource, type GraphFilter } from './filter-source.ts';
import { GraphEdges } from './graph-edges.ts';
import { GraphNodes } from './graph-nodes.ts';
import type { GraphSource, SourceCall } from './graph-source.ts';
import type { RunGraph } from './run-graph.ts';
import { sourceAt } from './source-at.ts';
import { isTree, sourceOf } from './source-of.ts';
import { addCall, isFailed } from './totals.ts';

/** Options of {@link toGraph}. */
export interface GraphOptions {
  /** The run as it was at this moment, in ms since 1970. Default: the whole record. See {@link sourceAt}. */
  atMs?: number;
  /** Only what passes, and the nodes that remain. Applied to the run as it was at `atMs`. */
  filter?: GraphFilter;
  /** Default true: a node per model, and an edge from each agent that called it. */
  models?: boolean;
  /** Default true: a node per tool, and an edge from each agent that called it. */
  tools?: boolean;
}

/**
 * A run as a graph: agents, people, models and tools as nodes; messages, calls and tool calls, added up, as
 * edges.
 *
 * Pure, without a DOM, linear in the size of the run (but for the sorting of durations), and in the order
 * of the record, so that the same run always gives the same graph. An edge exists only where the record has
 * a message, a call or a tool call: nothing is guessed from timing. A message without `from` or `to` makes
 * no edge, but whoever it names is a node.
 *
 * Who speaks without ever having made a call is a `person` when the record says so by the role (`person`,
 * `terminal` or `tool`), else an `agent`.
 *
 * @param run a run as `@pd/call-log` writes it, or the facts of one
 */
export function toGraph(run: RunTree | GraphSource, options: GraphOptions = {}): RunGraph {
  const { atMs, filter, models = true, tools = true } = options;
  const whole = isTree(run) ? sourceOf(run) : run;
  const moment = atMs === undefined ? whole : sourceAt(whole, atMs);
  const source = filter === undefined ? moment : filterSource(moment, filter);
  const nodes = new GraphNodes();
  const edges = new GraphEdges();
  const callById = new Map<string, SourceCall>();

  for (const agent of source.agents) nodes.introduce(agent);
  for (const call of source.calls) if (!callById.has(call.id)) callById.set(call.id, call);
  for (const message of source.messages) {
    const from = message.from === undefined ? undefined : nodes.speaker(message.from);
    const to = message.to === undefined ? undefined : nodes.speaker(message.to);
    const cause = message.callId === undefined ? undefined : callById.get(message.callId);
    if (from !== undefined && to !== undefined) edges.addMessage(from, to, message, cause);
  }
  for (const call of source.calls) {
    const agent = nodes.caller(call.agentId);
    addCall(agent.totals, call);
    if (models) {
      const model = nodes.model(call);
      addCall(model.totals, call);
      edges.addCall(agent, model, call);
    }
    if (!tools) continue;
    for (const toolCall of call.toolCalls) {
      const tool = nodes.tool(toolCall.name);
      tool.totals.calls++;
      if (isFailed(toolCall.status)) tool.totals.errors++;
      if (toolCall.status === 'open') tool.totals.openCalls++;
      edges.addToolCall(agent, tool, toolCall, call);
    }
  }
  if (filter !== undefined) nodes.unsilence(moment);

  return {
    runId: source.runId,
    ...(source.runName !== undefined && { runName: source.runName }),
    nodes: nodes.list(),
    edges: edges.list(),
  };
}
