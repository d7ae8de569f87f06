import type { RecordedEvent, RecordedEventOf } from '../schema/events.ts';
import type { JsonObject } from '../schema/json.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import type { AgentNode, CallNode, LogNode, MessageNode, RunTree, StepNode, Totals } from '../schema/tree.ts';
import {
  addText,
  closed,
  defined,
  endAttempt,
  endCall,
  endTool,
  isOpen,
  OpenParts,
  startAttempt,
  startCall,
  startTool,
} from './fold-call.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { NodeList } from './node-list.ts';
import type { SpillFile } from './spill-file.ts';
import { StoredMessages } from './stored-messages.ts';
import { addCall, addTotals, emptyTotals } from './totals.ts';
import { NodeView, type TreeOutline, toTree } from './tree-outline.ts';

type SegmentHeader = RecordedEventOf<'segment.start'>;

/** One process's part of the run. */
interface Segment {
  header?: SegmentHeader;
  audit?: RecordedEventOf<'audit'>;
  /** Has any record: one whose process died before that has never begun. */
  begun: boolean;
  end?: RecordedEventOf<'run.end'>;
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

interface Agent extends Omit<AgentNode, 'totals' | 'calls'> {
  /** Of the calls that have ended: what counts of them cannot change any more. */
  ended: Totals;
  /** Positions in the list of calls. */
  calls: GrowingNumbers;
  ordinal: number;
}

/**
 * Folds the records of a run into its tree. Any prefix of a journal folds to a valid tree; records of one
 * call may stand between those of others. With a place to spill to, what is finished leaves memory.
 */
export class RunFold {
  #start: RecordedEventOf<'run.start'> | undefined;
  /** The root first, then those that continued the run, then those of other processes. */
  readonly #segments: Segment[] = [];
  readonly #agents = new Map<string, Agent>();
  /** By ordinal. */
  readonly #agentList: Agent[] = [];
  readonly #calls: NodeList<CallNode>;
  /** By position of the call. */
  readonly #segmentOf = new GrowingNumbers(Uint32Array);
  readonly #ownerOf = new GrowingNumbers(Uint32Array);
  /** Calls with something in them that has no ending yet. */
  readonly #open = new Map<number, OpenParts>();
  readonly #messages: NodeList<MessageNode>;
  readonly #logs: NodeList<LogNode>;
  readonly #steps: NodeList<StepNode>;
  readonly #orphans: NodeList<JsonObject>;
  readonly #chatMessages: StoredMessages;
  #events = 0;
  /** Lines that were no whole records. */
  damagedLines = 0;

  /** How many of the segments have owned the run one after the other: the root and those that continued it. */
  readonly #owners: number;

  /**
   * @param spill where finished nodes go; without it everything stays in memory
   * @param kept of each kind, in memory all the same
   * @param owners how many segments, from the first, have owned the run one after the other
   */
  constructor(spill?: SpillFile, kept?: number, owners = 1) {
    this.#owners = owners;
    this.#calls = new NodeList(spill, kept, (index) => this.#ownerOf.at(index) ?? 0);
    this.#chatMessages = new StoredMessages(this.#calls);
    this.#messages = new NodeList(spill, kept);
    this.#logs = new NodeList(spill, kept);
    this.#steps = new NodeList(spill, kept);
    this.#orphans = new NodeList(spill, kept);
  }

  /** Records read so far. */
  get events(): number {
    return this.#events;
  }

  /** The first header of those who have owned the run, once it has been read: the root's, unless that is lost. */
  get segment(): SegmentHeader | undefined {
    return this.#chain.find(({ header }) => header !== undefined)?.header;
  }

  /** The format of the newest of the segments that have owned the run. */
  get version(): number {
    return Math.max(0, ...this.#chain.map(({ header }) => header?.schema_version ?? 0));
  }

  get #chain(): Segment[] {
    return this.#segments.slice(0, this.#owners);
  }

  /** @param position of the segment that the record stands in; 0 is the root */
  push(event: RecordedEvent, position = 0): void {
    this.#events++;
    const segment = this.#segment(position);
    segment.begun = true;
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
        this.#begin(event, position);
        return;
      case 'message':
        this.#message(event);
        return;
      case 'log':
        this.#log(event);
        return;
      case 'step':
        this.#step(event);
        return;
      case 'audit':
        segment.audit = event;
        // Who owns the run still has its run.end to say.
        segment.ended ||= position >= this.#owners;
        return;
      case 'run.end':
        segment.end ??= event;
        segment.ended = true;
        return;
      case 'attempt.start':
        this.#inCall(event, position, (call, parts) => startAttempt(call, parts, event));
        return;
      case 'attempt.end':
        this.#inCall(event, position, (_, parts) => endAttempt(parts, event));
        return;
      case 'tool.start':
        this.#inCall(event, position, (call, parts) => startTool(call, parts, event, position));
        return;
      case 'tool.end':
        this.#inCall(event, position, (_, parts) => endTool(parts, event));
        return;
      case 'call.progress':
        this.#inCall(event, position, (call, parts) => addText(call, parts, event));
        return;
      case 'call.end':
        this.#inCall(event, position, (call, parts, owner) => this.#endCall(call, parts, owner, event));
        return;
    }
  }

  #segment(position: number): Segment {
    while (this.#segments.length <= position) {
      this.#segments.push({ begun: false, ended: false });
      this.#chatMessages.segments = this.#segments.length;
    }
    return this.#segments[position] as Segment;
  }

  /** The tree of what has been read so far. Shares its nodes with the fold: do not change them. */
  tree(liveness: Liveness): RunTree {
    return toTree(this.outline(liveness));
  }

  /** As {@link tree}, with its nodes left where they are. Good until the next record is pushed. */
  outline({ alive, runId = 'unknown' }: Liveness): TreeOutline {
    const isAlive = typeof alive === 'boolean' ? () => alive : alive;
    const owner = Math.max(
      0,
      this.#chain.findLastIndex(({ begun }) => begun),
    );
    const { end } = this.#segment(owner);
    // Who has owned the run before is gone, whatever became of its process.
    const open = this.#segments.map(({ ended, header }, i) => i >= owner && !ended && isAlive(header));
    /** The calls that are not shown as they stand in the list. */
    const unfinished = new Map(
      [...this.#open].map(([index, parts]): [number, CallNode] => {
        const isRunning = open[this.#segmentOf.at(index) ?? 0] === true;
        return [index, closed(this.#calls.at(index), parts, isRunning ? 'open' : 'interrupted')];
      }),
    );
    const totalsOf = new Map([...this.#agents.values()].map((agent) => [agent, { ...agent.ended }]));
    for (const [index, call] of unfinished) {
      const owner = this.#owner(index);
      const totals = owner && totalsOf.get(owner);
      if (totals !== undefined && (call.status === 'open' || call.status === 'interrupted'))
        addCall(totals, call);
    }
    const total = emptyTotals();
    const agents = [...totalsOf].map(([{ calls, ended: _, ordinal: __, ...identity }, totals]) => {
      addTotals(total, totals);
      return { ...identity, totals, calls: new NodeView(this.#calls, calls, unfinished) };
    });
    return {
      schema_version: SCHEMA_VERSION,
      run: {
        id: this.segment?.run_id ?? runId,
        ...(this.#start?.name !== undefined && { name: this.#start.name }),
        status: end?.status ?? (isAlive(this.#segment(owner).header) ? 'running' : 'interrupted'),
        ...(this.#start !== undefined && { started_at: this.#start.at }),
        ...(end !== undefined && { ended_at: end.at }),
        ...(end?.error !== undefined && { error: end.error }),
        metadata: this.#start?.metadata ?? {},
        totals: total,
      },
      agents,
      messages: new NodeView(this.#messages),
      ...(this.#logs.length > 0 && { logs: new NodeView(this.#logs) }),
      ...(this.#steps.length > 0 && { steps: new NodeView(this.#steps) }),
      orphans: new NodeView(this.#orphans),
      audit: {
        events: this.#events,
        ...this.#counts(),
        unpriced_calls: total.unpriced_calls,
        ...(this.#segments.some(({ header }) => header?.capture_content === false) && {
          capture_content: false as const,
        }),
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
    // Field by field: an agent must not grow with every field that a stranger's record brings along.
    Object.assign(this.#agent(id), defined({ name, role, parent_id }));
  }

  #agent(id: string): Agent {
    const known = this.#agents.get(id);
    if (known !== undefined) return known;
    const calls = new GrowingNumbers(Uint32Array);
    const agent = { id, ended: emptyTotals(), calls, ordinal: this.#agents.size };
    this.#agents.set(id, agent);
    this.#agentList.push(agent);
    return agent;
  }

  #owner(call: number): Agent | undefined {
    return this.#agentList[this.#ownerOf.at(call) ?? 0];
  }

  #begin(event: RecordedEventOf<'call.start'>, segment: number): void {
    const messages = this.#chatMessages.read(event.messages);
    const isKnown = this.#calls.indexOf(event.call_id) !== undefined;
    const index = isKnown ? undefined : this.#calls.add(startCall(event, messages), event.call_id);
    this.#chatMessages.keep(event.messages, index);
    if (index === undefined) {
      this.#orphan(event);
      return;
    }
    const owner = this.#agent(event.agent_id);
    owner.calls.push(index);
    this.#ownerOf.set(index, owner.ordinal);
    this.#segmentOf.set(index, segment);
    this.#open.set(index, new OpenParts());
  }

  #message({ message_id: id, at, from, to, call_id, content, status }: RecordedEventOf<'message'>): void {
    const known = this.#messages.indexOf(id);
    const said = { ...defined({ from, to, call_id, content }), status };
    // A change of status keeps the time of the first record, and what it does not say again.
    if (known === undefined) this.#messages.finish(this.#messages.add({ id, at, ...said }, id));
    else {
      Object.assign(this.#messages.change(known), said);
      this.#messages.finish(known);
    }
  }

  #log({ at, level, message, fields, agent_id, call_id }: RecordedEventOf<'log'>): void {
    this.#logs.finish(this.#logs.add({ at, level, ...defined({ message, fields, agent_id, call_id }) }));
  }

  #step({ step_id: id, name, at, status, ...others }: RecordedEventOf<'step'>): void {
    const { ordinal, value, error, agent_id } = others;
    const rest = defined({ ordinal, value, error, agent_id });
    this.#steps.finish(this.#steps.add({ id, name, at, status, ...rest }));
  }

  #inCall(
    event: RecordedEvent & { call_id: string },
    position: number,
    apply: (call: CallNode, parts: OpenParts, owner: Agent | undefined) => boolean,
  ): void {
    const index = this.#calls.indexOf(event.call_id);
    if (index === undefined) {
      this.#orphan(event);
      return;
    }
    // Who tells of a call makes it; of its tools another process may tell, too, unless it has continued the run.
    if (!event.type.startsWith('tool.') || position < this.#owners) this.#segmentOf.set(index, position);
    const call = this.#calls.change(index);
    // A call that was finished has nothing open in it.
    const parts = this.#open.get(index) ?? new OpenParts();
    if (!apply(call, parts, this.#owner(index))) this.#orphan(event);
    if (isOpen(call, parts)) this.#open.set(index, parts);
    else {
      this.#open.delete(index);
      this.#calls.finish(index);
    }
  }

  #endCall(
    call: CallNode,
    parts: OpenParts,
    owner: Agent | undefined,
    event: RecordedEventOf<'call.end'>,
  ): boolean {
    if (!endCall(call, parts, event)) return false;
    if (owner !== undefined) addCall(owner.ended, call);
    return true;
  }

  #orphan(event: RecordedEvent): void {
    // As it will be written: a field that nobody has checked may hold a number beyond all JSON (1e999).
    this.#orphans.finish(this.#orphans.add(JSON.parse(JSON.stringify(event)) as JsonObject));
  }
}
