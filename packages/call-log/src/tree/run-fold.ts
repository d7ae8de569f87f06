import type { ErrorRecord, RunEnding } from '../schema/common.ts';
import type { RecordedEvent, RecordedEventOf, StoredMessage } from '../schema/events.ts';
import type { JsonObject } from '../schema/json.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import type { AgentNode, CallNode, MessageNode, RunTree } from '../schema/tree.ts';
import { missingMessage } from './expand-request.ts';
import {
  closed,
  defined,
  endAttempt,
  endCall,
  endTool,
  startAttempt,
  startCall,
  startTool,
} from './fold-call.ts';
import { addCall, addTotals, emptyTotals } from './totals.ts';

type SegmentHeader = RecordedEventOf<'segment.start'>;

/** One process's part of the run. */
interface Segment {
  header?: SegmentHeader;
  audit?: RecordedEventOf<'audit'>;
  /** Its log was closed: what has no ending by now will have none. */
  ended: boolean;
}

/** What a journal alone cannot tell. */
export interface Liveness {
  /**
   * Whether the process that writes a segment still runs; if not, what is unfinished in it was interrupted. Given
   * the segment's header, unless that is lost.
   */
  alive: boolean | ((header: SegmentHeader | undefined) => boolean);
  /** The run's id where the journal has lost its header. */
  runId?: string;
}

/**
 * Folds the records of a run into its tree. Any prefix of a journal folds to a valid tree; records of one
 * call may stand between those of others.
 */
export class RunFold {
  #start: RecordedEventOf<'run.start'> | undefined;
  #end: { status: RunEnding; at: string; error?: ErrorRecord } | undefined;
  /** The root first. */
  readonly #segments: Segment[] = [];
  readonly #agents = new Map<string, Omit<AgentNode, 'totals'>>();
  readonly #calls = new Map<string, CallNode>();
  readonly #segmentOf = new Map<CallNode, Segment>();
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

  /** The header of the root segment, once it has been read. */
  get segment(): SegmentHeader | undefined {
    return this.#segments[0]?.header;
  }

  /** @param position of the segment that the record stands in; 0 is the root */
  push(event: RecordedEvent, position = 0): void {
    this.#events++;
    const segment = this.#segments[position] ?? { ended: false };
    this.#segments[position] = segment;
    switch (event.type) {
      case 'segment.start':
        segment.header ??= event;
        return;
      case 'run.start':
        this.#start ??= event;
        return;
      case 'agent.start':
        this.#introduce(event);
        return;
      case 'call.start':
        this.#begin(event, segment);
        return;
      case 'message':
        this.#message(event);
        return;
      case 'audit':
        segment.audit = event;
        segment.ended ||= position > 0;
        return;
      case 'run.end':
        this.#end ??= event;
        segment.ended = true;
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
    const isAlive = typeof alive === 'boolean' ? () => alive : alive;
    const open = new Set(this.#segments.filter(({ ended, header }) => !ended && isAlive(header)));
    const shown = (call: CallNode): CallNode => {
      const segment = this.#segmentOf.get(call);
      return closed(call, segment !== undefined && open.has(segment) ? 'open' : 'interrupted');
    };
    const total = emptyTotals();
    const agents = [...this.#agents.values()].map((agent): AgentNode => {
      const calls = agent.calls.map(shown);
      const totals = emptyTotals();
      for (const call of calls) addCall(totals, call);
      addTotals(total, totals);
      const { calls: _, ...identity } = agent;
      return { ...identity, totals, calls };
    });
    return {
      schema_version: SCHEMA_VERSION,
      run: {
        id: this.segment?.run_id ?? runId,
        ...(this.#start?.name !== undefined && { name: this.#start.name }),
        status: this.#end?.status ?? (isAlive(this.segment) ? 'running' : 'interrupted'),
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

  /** What only the writers knew; nothing while one of them has not said it. */
  #counts() {
    const audits = this.#segments.flatMap(({ audit }) => audit ?? []);
    if (audits.length === 0 || audits.length < this.#segments.length) return {};
    const sum = (field: 'dropped' | 'redactions' | 'logger_errors' | 'log_overhead_us') =>
      audits.reduce((total, audit) => total + audit[field], 0);
    return {
      dropped: sum('dropped'),
      redactions: sum('redactions'),
      logger_errors: sum('logger_errors'),
      log_overhead_us: sum('log_overhead_us'),
    };
  }

  #introduce({ agent }: RecordedEventOf<'agent.start'>): void {
    const { id, name, role, parent_id } = agent;
    const known = this.#agents.get(id) ?? { id, calls: [] };
    // Field by field: an agent must not grow with every field that a stranger's record brings along.
    this.#agents.set(id, { ...known, ...defined({ name, role, parent_id }) });
  }

  #begin(event: RecordedEventOf<'call.start'>, segment: Segment): void {
    const messages = event.messages.map((stored) => this.#chatMessage(stored));
    if (this.#calls.has(event.call_id)) {
      this.#orphan(event);
      return;
    }
    const call = startCall(event, messages);
    this.#calls.set(event.call_id, call);
    this.#segmentOf.set(call, segment);
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
    // As it will be written: a field that nobody has checked may hold a number beyond all JSON (1e999).
    this.#orphans.push(JSON.parse(JSON.stringify(event)) as JsonObject);
  }
}
