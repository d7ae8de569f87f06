import { MessageStore } from '../journal/message-store.ts';
import type { Span } from '../otel/span.ts';
import { Extents } from '../otlp/extents.ts';
import { runSpans } from '../otlp/tree-to-spans.ts';
import type { AgentRef, ErrorRecord, RunEnding } from '../schema/common.ts';
import type { JsonObject } from '../schema/json.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import type { AgentNode, CallNode, MessageNode } from '../schema/tree.ts';
import { addCall, addTotals, emptyTotals } from '../tree/totals.ts';

/** Messages between agents that are kept for their senders' spans, which are sent when the run is over. */
const KEPT_MESSAGES = 5_000;

/** What a run is called. */
export interface LiveRunOptions {
  name?: string | undefined;
  metadata?: JsonObject | undefined;
  startedAt: string;
  /** Whether what was said is exported. */
  captureContent: boolean;
}

/** What is kept of a run whose calls are exported as they end: all that the spans of the run and of its agents say. */
export class LiveRun {
  readonly id: string;
  /** As the log has one for each run, so that a call says the same of its history in both. */
  readonly store = new MessageStore();
  /** Calls without an ending. */
  openCalls = 0;
  /** Whether something has happened since its spans were last made. */
  changed = true;
  /** How it ended, once it has been said. */
  ending: { status: RunEnding; error?: ErrorRecord } | undefined;
  /** When something last happened, by a clock that nobody sets back. */
  touchedMs = performance.now();
  readonly #options: LiveRunOptions;
  readonly #agents = new Map<string, AgentNode>();
  readonly #calls = new Map<string, number>();
  readonly #extents = new Extents();
  readonly #messages = new Map<string, MessageNode>();
  #endedAt: string;
  #events = 0;

  constructor(id: string, options: LiveRunOptions) {
    this.id = id;
    this.#options = options;
    this.#endedAt = options.startedAt;
  }

  /** Something happened. */
  touch(at: string): void {
    this.changed = true;
    this.touchedMs = performance.now();
    this.#events++;
    if (at > this.#endedAt) this.#endedAt = at;
  }

  introduce({ id, name, role, parent_id }: AgentRef): AgentNode {
    const agent = this.#agents.get(id) ?? { id, totals: emptyTotals(), calls: [] };
    if (name !== undefined) agent.name = name;
    if (role !== undefined) agent.role = role;
    if (parent_id !== undefined) agent.parent_id = parent_id;
    this.#agents.set(id, agent);
    return agent;
  }

  /** @returns how many calls the agent has begun before */
  beginCall(agentId: string, at: string): number {
    const index = this.#calls.get(agentId) ?? 0;
    this.#calls.set(agentId, index + 1);
    this.#extents.add(agentId, at);
    this.openCalls++;
    return index;
  }

  endCall(agentId: string, call: CallNode): void {
    this.openCalls--;
    this.#extents.add(agentId, call.ended_at ?? call.started_at);
    addCall(this.introduce({ id: agentId }).totals, call);
  }

  /** @returns `false` when there is no room for it */
  say(message: MessageNode): boolean {
    const known = this.#messages.get(message.id);
    if (known === undefined && this.#messages.size >= KEPT_MESSAGES) return false;
    // As in the tree: a change of status keeps the time of the first record.
    this.#messages.set(message.id, { ...known, ...message, at: known?.at ?? message.at });
    if (message.from !== undefined) this.#extents.add(message.from, message.at);
    return true;
  }

  /**
   * The spans of the run and of its agents, as things stand.
   *
   * @param otherwise how it stands if nobody has said how it ended
   */
  spans(otherwise: 'running' | 'completed', resource: JsonObject): Span[] {
    this.changed = false;
    const { status, error } = this.ending ?? { status: otherwise };
    const { name, metadata = {}, startedAt, captureContent } = this.#options;
    const totals = emptyTotals();
    for (const agent of this.#agents.values()) addTotals(totals, agent.totals);
    const tree = {
      schema_version: SCHEMA_VERSION,
      run: {
        id: this.id,
        ...(name !== undefined && { name }),
        status,
        started_at: startedAt,
        ...(status !== 'running' && { ended_at: this.#endedAt }),
        ...(error !== undefined && { error }),
        metadata,
        totals,
      },
      agents: [...this.#agents.values()],
      messages: [...this.#messages.values()],
      orphans: [],
      audit: {
        events: this.#events,
        unpriced_calls: totals.unpriced_calls,
        ...(!captureContent && { capture_content: false as const }),
        damaged_lines: 0,
      },
    };
    return runSpans(tree, this.#extents, resource);
  }
}
