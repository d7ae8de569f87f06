import type { AgentNode, CallNode, MessageNode, RunTree } from '@pd/call-log/schema';
import { agentKey, edgeKey, modelKey } from './keys.ts';
import type { CallEdge, GraphNode, GraphNodeKind, MessageEdge, RunGraph } from './run-graph.ts';
import { addCall, emptyTotals } from './totals.ts';

/** How an agent without a name and with an empty id is called. */
const UNNAMED = '(unnamed)';

/** Roles the log writes for speakers that have no model behind them. */
const WITHOUT_MODEL: ReadonlySet<string> = new Set(['person', 'terminal', 'tool']);

/**
 * A run as a graph: agents, people and models as nodes; messages and calls, added up, as edges.
 *
 * Pure, without a DOM, linear in the size of the tree, and in the order of the record, so that the same
 * tree always gives the same graph. An edge exists only where the record has a message or a call: nothing
 * is guessed from timing. A message without `from` or `to` makes no edge, but whoever it names is a node.
 *
 * Who speaks without ever having made a call is a `person` when the record says so by the role (`person`,
 * `terminal` or `tool`), else an `agent`.
 *
 * @param tree a run as `@pd/call-log` writes it
 */
export function toGraph(tree: RunTree): RunGraph {
  const speakers = new Map<string, GraphNode>();
  const models = new Map<string, GraphNode>();
  const messageEdges = new Map<string, MessageEdge>();
  const callEdges = new Map<string, CallEdge>();

  for (const agent of tree.agents) addAgent(speakers, agent);
  tree.messages.forEach((message, index) => {
    if (message.from !== undefined) addSpeaker(speakers, message.from);
    if (message.to !== undefined) addSpeaker(speakers, message.to);
    addMessage(messageEdges, message, index);
  });
  for (const agent of tree.agents) {
    const speaker = speakers.get(agent.id);
    for (const call of agent.calls) {
      const model = addModel(models, call);
      if (speaker !== undefined) addCall(speaker.totals, call);
      addCall(model.totals, call);
      addCallEdge(callEdges, agentKey(agent.id), model.key, call);
    }
  }

  return {
    runId: tree.run.id,
    ...(tree.run.name !== undefined && { runName: tree.run.name }),
    nodes: [...speakers.values(), ...models.values()],
    edges: [...messageEdges.values(), ...callEdges.values()],
  };
}

function addAgent(speakers: Map<string, GraphNode>, agent: AgentNode): void {
  if (speakers.has(agent.id)) return;
  speakers.set(agent.id, {
    key: agentKey(agent.id),
    kind: kindOf(agent),
    id: agent.id,
    label: agent.name || agent.id || UNNAMED,
    ...(agent.role !== undefined && { role: agent.role }),
    ...(agent.parent_id !== undefined && { parentId: agent.parent_id }),
    totals: emptyTotals(),
  });
}

function kindOf(agent: AgentNode): GraphNodeKind {
  return agent.calls.length === 0 && agent.role !== undefined && WITHOUT_MODEL.has(agent.role)
    ? 'person'
    : 'agent';
}

/** Somebody whom only messages name. */
function addSpeaker(speakers: Map<string, GraphNode>, id: string): void {
  if (!speakers.has(id)) {
    speakers.set(id, { key: agentKey(id), kind: 'agent', id, label: id || UNNAMED, totals: emptyTotals() });
  }
}

function addModel(models: Map<string, GraphNode>, { pre }: CallNode): GraphNode {
  const key = modelKey(pre.provider, pre.model);
  const known = models.get(key);
  if (known !== undefined) return known;
  const id = `${pre.provider}/${pre.model}`;
  const node: GraphNode = { key, kind: 'model', id, label: pre.model || id, totals: emptyTotals() };
  models.set(key, node);
  return node;
}

function addMessage(edges: Map<string, MessageEdge>, message: MessageNode, index: number): void {
  if (message.from === undefined || message.to === undefined) return;
  const [from, to] = [agentKey(message.from), agentKey(message.to)];
  const key = edgeKey('message', from, to);
  const edge: MessageEdge = edges.get(key) ?? { kind: 'message', key, from, to, count: 0, messages: [] };
  edge.count++;
  edge.messages.push({
    index,
    messageId: message.id,
    at: message.at,
    ...(message.call_id !== undefined && { callId: message.call_id }),
    status: message.status,
  });
  edges.set(key, edge);
}

function addCallEdge(edges: Map<string, CallEdge>, from: string, to: string, call: CallNode): void {
  const key = edgeKey('call', from, to);
  const edge: CallEdge = edges.get(key) ?? {
    kind: 'call',
    key,
    from,
    to,
    count: 0,
    totals: emptyTotals(),
    calls: [],
  };
  edge.count++;
  addCall(edge.totals, call);
  edge.calls.push({
    callId: call.id,
    at: call.started_at,
    ...(call.duration_ms !== undefined && { durationMs: call.duration_ms }),
    status: call.status,
  });
  edges.set(key, edge);
}
