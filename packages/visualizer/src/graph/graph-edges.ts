import { durationOf, endOf } from './call-times.ts';
import type { SourceCall, SourceMessage, SourceToolCall } from './graph-source.ts';
import { edgeKey } from './keys.ts';
import { latencyOf } from './latency.ts';
import type {
  CallEdge,
  EdgeFacts,
  GraphEdge,
  GraphEdgeKind,
  GraphNode,
  MessageEdge,
  ToolEdge,
} from './run-graph.ts';
import { addCall, emptyTotals, isFailed, isLost } from './totals.ts';

/** An edge and what is needed only while it grows. */
interface Growing<E extends GraphEdge> {
  edge: E;
  durationsMs: number[];
}

/** The edges of one kind, by the nodes they join; looked up without making a key each time. */
type EdgeTable<E extends GraphEdge> = Map<GraphNode, Map<GraphNode, Growing<E>>>;

/** The edges of a graph while it is folded. */
export class GraphEdges {
  readonly #messages: EdgeTable<MessageEdge> = new Map();
  readonly #calls: EdgeTable<CallEdge> = new Map();
  readonly #tools: EdgeTable<ToolEdge> = new Map();
  /** The calls already counted, per message edge. */
  readonly #counted = new Map<MessageEdge, Set<SourceCall>>();
  readonly #growing: Record<GraphEdgeKind, Growing<GraphEdge>[]> = { message: [], call: [], tool: [] };

  /** @param cause the call that the message came from, where it is on record */
  addMessage(from: GraphNode, to: GraphNode, message: SourceMessage, cause: SourceCall | undefined): void {
    const { edge, durationsMs } = this.#at(this.#messages, 'message', from, to, (facts) => {
      return { ...facts, kind: 'message', totals: emptyTotals(), messages: [] };
    });
    const { index, id: messageId, atMs, callId, status } = message;
    edge.count++;
    if (isLost(status)) edge.errors++;
    see(edge, atMs, atMs);
    edge.messages.push({
      index,
      messageId,
      ...(atMs !== undefined && { atMs }),
      ...(callId !== undefined && { callId }),
      status,
    });
    if (cause === undefined || !this.#isNew(edge, cause)) return;
    addCall(edge.totals, cause);
    note(durationsMs, durationOf(cause));
  }

  addCall(from: GraphNode, to: GraphNode, call: SourceCall): void {
    const { edge, durationsMs } = this.#at(this.#calls, 'call', from, to, (facts) => {
      return { ...facts, kind: 'call', totals: emptyTotals(), calls: [] };
    });
    const durationMs = durationOf(call);
    edge.count++;
    addCall(edge.totals, call);
    edge.errors = edge.totals.errors;
    see(edge, call.startMs, endOf(call) ?? call.startMs);
    note(durationsMs, durationMs);
    edge.calls.push({
      callId: call.id,
      ...(call.startMs !== undefined && { atMs: call.startMs }),
      ...(durationMs !== undefined && { durationMs }),
      status: call.status,
    });
  }

  addToolCall(from: GraphNode, to: GraphNode, toolCall: SourceToolCall, call: SourceCall): void {
    const { edge, durationsMs } = this.#at(this.#tools, 'tool', from, to, (facts) => ({
      ...facts,
      kind: 'tool',
      toolCalls: [],
    }));
    const { id: toolCallId, status, durationMs } = toolCall;
    const atMs = endOf(call) ?? call.startMs;
    edge.count++;
    if (isFailed(status)) edge.errors++;
    see(edge, atMs, atMs);
    note(durationsMs, durationMs);
    edge.toolCalls.push({
      toolCallId,
      callId: call.id,
      ...(durationMs !== undefined && { durationMs }),
      status,
    });
  }

  /** All of them: messages, calls, tool calls, each in the order in which they were first seen. */
  list(): GraphEdge[] {
    const { message, call, tool } = this.#growing;
    return [...message, ...call, ...tool].map(finish);
  }

  #at<E extends GraphEdge>(
    table: EdgeTable<E>,
    kind: E['kind'],
    from: GraphNode,
    to: GraphNode,
    create: (facts: EdgeFacts) => E,
  ): Growing<E> {
    const known = table.get(from)?.get(to);
    if (known !== undefined) return known;
    const key = edgeKey(kind, from.key, to.key);
    const edge = create({ key, from: from.key, to: to.key, count: 0, errors: 0 });
    const growing = { edge, durationsMs: [] };
    const ofSender = table.get(from) ?? new Map<GraphNode, Growing<E>>();
    table.set(from, ofSender.set(to, growing));
    this.#growing[kind].push(growing);
    return growing;
  }

  #isNew(edge: MessageEdge, cause: SourceCall): boolean {
    const counted = this.#counted.get(edge) ?? new Set();
    if (counted.has(cause)) return false;
    this.#counted.set(edge, counted.add(cause));
    return true;
  }
}

function see(edge: EdgeFacts, firstMs: number | undefined, lastMs: number | undefined): void {
  if (firstMs !== undefined && (edge.firstMs === undefined || firstMs < edge.firstMs)) edge.firstMs = firstMs;
  if (lastMs !== undefined && (edge.lastMs === undefined || lastMs > edge.lastMs)) edge.lastMs = lastMs;
}

function note(durationsMs: number[], durationMs: number | undefined): void {
  if (durationMs !== undefined) durationsMs.push(durationMs);
}

function finish({ edge, durationsMs }: Growing<GraphEdge>): GraphEdge {
  const latency = latencyOf(durationsMs);
  if (latency !== undefined) edge.latency = latency;
  return edge;
}
