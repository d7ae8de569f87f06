import type { ErrorRecord, RunEnding } from '../schema/common.ts';
import {
  type RecordedEvent,
  type RecordedEventOf,
  SCHEMA_VERSION,
  type StoredMessage,
} from '../schema/events.ts';
import type { JsonObject } from '../schema/json.ts';
import type { AgentNode, CallNode, MessageNode, RunTree } from '../schema/tree.ts';
import { missingMessage } from './expand-request.ts';
import { defined, endAttempt, endCall, endTool, startAttempt, startCall, startTool } from './fold-call.ts';
import { addCall, addTotals, emptyTotals } from './totals.ts';

/** What a journal alone cannot tell. */
export interface Liveness {
  /** Whether the process that writes the run still runs; if not, what is unfinished was interrupted. */
  alive: boolean;
  /** The run's id where the journal has lost its header. */
  runId?: string;
}

/**
 * Folds the records of a run into its tree. Any prefix of a journal folds to a valid tree; records of one
 * call may stand between those of others.
 */
export class RunFold {
  #segment: RecordedEventOf<'segment.start'> | undefined;
  #start: RecordedEventOf<'run.start'> | undefined;
  #end: { status: RunEnding; at: string; error?: ErrorRecord } | undefined;
  #audit: RecordedEventOf<'audit'> | undefined;
  readonly #agents = new Map<string, Omit<AgentNode, 'totals'>>();
  readonly #calls = new Map<string, CallNode>();
  readonly #messages = new Map<string, MessageNode>();
  readonly #chatMessages = new Map<string, JsonObject>();
  readonly #orphans: JsonObject[] = [];
  #events = 0;
  /** Lines that were no whole records. */
  damagedLines = 0;

  /** Records read so far. */
  get events(): number {
    return this.#events;
  }

  /** The header of the first segment, once it has been read. */
  get segment(): RecordedEventOf<'segment.start'> | undefined {
    return this.#segment;
  }

  push(event: RecordedEvent): void {
    this.#events++;
    switch (event.type) {
      case 'segment.start':
        this.#segment ??= event;
        return;
      case 'run.start':
        this.#start ??= event;
        return;
      case 'agent.start':
        this.#introduce(event);
        return;
      case 'call.start':
        this.#begin(event);
        return;
      case 'message':
        this.#message(event);
        return;
      case 'audit':
        this.#audit = event;
        return;
      case 'run.end':
        this.#end ??= event;
        return;
      case 'attempt.start':
        this.#inCall(event, (call) => startAttempt(call, event));
        return;
      case 'attempt.end':
        this.#inCall(event, (call) => endAttempt(call, event));
        return;
      case 'tool.start':
        this.#inCall(event, (call) => startTool(call, event));
        return;
      case 'tool.end':
        this.#inCall(event, (call) => endTool(call, event));
        return;
      case 'call.progress':
        this.#inCall(event, () => true);
        return;
      case 'call.end':
        this.#inCall(event, (call) => endCall(call, event));
        return;
    }
  }

  /** The tree of what has been read so far. Shares its nodes with the fold: do not change them. */
  tree({ alive, runId = 'unknown' }: Liveness): RunTree {
    const unfinished = alive && this.#end === undefined ? 'open' : 'interrupted';
    const total = emptyTotals();
    const agents = [...this.#agents.values()].map((agent): AgentNode => {
      const calls = agent.calls.map((call) => closed(call, unfinished));
      const totals = emptyTotals();
      for (const call of calls) addCall(totals, call);
      addTotals(total, totals);
      const { calls: _, ...identity } = agent;
      return { ...identity, totals, calls };
    });
    return {
      schema_version: SCHEMA_VERSION,
      run: {
        id: this.#segment?.run_id ?? runId,
        ...(this.#start?.name !== undefined && { name: this.#start.name }),
        status: this.#end?.status ?? (alive ? 'running' : 'interrupted'),
        ...(this.#start !== undefined && { started_at: this.#start.at }),
        ...(this.#end !== undefined && { ended_at: this.#end.at }),
        ...(this.#end?.error !== undefined && { error: this.#end.error }),
        metadata: this.#start?.metadata ?? {},
        totals: total,
      },
      agents,
      messages: [...this.#messages.values()],
      orphans: this.#orphans,
      audit: {
        events: this.#events,
        ...this.#counts(),
        unpriced_calls: total.unpriced_calls,
        damaged_lines: this.damagedLines,
      },
    };
  }

  /** What only the writer knew. */
  #counts() {
    if (this.#audit === undefined) return {};
    const { dropped, redactions, logger_errors, log_overhead_us } = this.#audit;
    return { dropped, redactions, logger_errors, log_overhead_us };
  }

  #introduce({ agent }: RecordedEventOf<'agent.start'>): void {
    const known = this.#agents.get(agent.id);
    this.#agents.set(agent.id, { ...known, ...agent, calls: known?.calls ?? [] });
  }

  #begin(event: RecordedEventOf<'call.start'>): void {
    const messages = event.messages.map((stored) => this.#chatMessage(stored));
    if (this.#calls.has(event.call_id)) {
      this.#orphan(event);
      return;
    }
    const call = startCall(event, messages);
    this.#calls.set(event.call_id, call);
    let agent = this.#agents.get(event.agent_id);
    if (agent === undefined) {
      agent = { id: event.agent_id, calls: [] };
      this.#agents.set(event.agent_id, agent);
    }
    agent.calls.push(call);
  }

  #chatMessage({ hash, message }: StoredMessage): JsonObject {
    if (message !== undefined) this.#chatMessages.set(hash, message);
    return message ?? this.#chatMessages.get(hash) ?? missingMessage(hash);
  }

  #message({ message_id: id, at, from, to, call_id, content, status }: RecordedEventOf<'message'>): void {
    // A change of status keeps the time of the first record, and what it does not say again.
    const known = this.#messages.get(id) ?? { id, at };
    this.#messages.set(id, { ...known, ...defined({ from, to, call_id, content }), status });
  }

  #inCall(event: RecordedEvent & { call_id: string }, apply: (call: CallNode) => boolean): void {
    const call = this.#calls.get(event.call_id);
    if (call === undefined || !apply(call)) this.#orphan(event);
  }

  #orphan(event: RecordedEvent): void {
    this.#orphans.push(event as unknown as JsonObject);
  }
}

/** A call as it is shown: what has no ending in it is still open, or was interrupted. */
function closed(call: CallNode, unfinished: 'open' | 'interrupted'): CallNode {
  const show = <T extends { status: string }>(part: T): T =>
    part.status === 'open' ? { ...part, status: unfinished } : part;
  return { ...show(call), attempts: call.attempts.map(show), tool_calls: call.tool_calls.map(show) };
}
