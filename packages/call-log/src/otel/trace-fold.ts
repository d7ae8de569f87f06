import type { AgentRef } from '../schema/common.ts';
import type { LogEvent } from '../schema/logger-events.ts';
import type { Nanoseconds, TraceNode } from './reading.ts';
import { callEvents, guardrailEvents, handoffEvent, located, toolEvents } from './span-events.ts';
import { ToolCallers } from './tool-callers.ts';
import { type KnownNode, Trace } from './trace.ts';
import { TraceRun } from './trace-run.ts';

/** Events with the time that orders them; the log's own order is that of their giving. */
interface Timed {
  time: Nanoseconds;
  events: LogEvent[];
}

/** Where the events of a trace go. */
export interface TraceFoldOptions {
  /**
   * The run of a trace. Default: a run of its own with the id of the trace. `undefined` leaves its events to the log's
   * default run. Runs that are chosen here are neither begun nor ended here.
   */
  runOf?: ((traceId: string) => string | undefined) | undefined;
}

/** The spans of one trace, from the first that ends to the last, as events of a run. */
export class TraceFold {
  readonly #trace = new Trace();
  #callers = new ToolCallers();
  readonly #traceId: string;
  /** The run that was chosen for the trace, if it was. */
  readonly #chosen: { runId: string | undefined } | undefined;
  readonly #running = new Set<string>();
  readonly #waiting = new Map<string, KnownNode>();
  readonly #introduced = new Set<string>();
  #rootId: string | undefined;
  readonly #run: TraceRun;

  constructor(traceId: string, { runOf }: TraceFoldOptions = {}) {
    this.#traceId = traceId;
    this.#chosen = runOf && { runId: runOf(traceId) };
    this.#run = new TraceRun(traceId);
  }

  /** Spans that are remembered. */
  get size(): number {
    return this.#trace.nodes.size;
  }

  /** Spans that have ended and wait for those around them. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** A span has begun. What ends within it need not wait for it then. */
  open(node: TraceNode): void {
    this.#running.add(node.id);
    const known = { ...node };
    // The whole request comes again when the span ends; one that never does must not hold it.
    if (node.reading?.kind === 'call') slim(known);
    this.#trace.nodes.set(node.id, known);
    if (this.#trace.isRoot(node)) this.#rootId ??= node.id;
  }

  /** Spans have ended. Gives the events of all whose surroundings are known now. */
  end(nodes: readonly TraceNode[]): LogEvent[] {
    let placed = false;
    for (const given of nodes) {
      const known = this.#trace.nodes.get(given.id);
      // The same span again, because it was sent twice.
      if (known !== undefined && !this.#running.delete(given.id)) continue;
      const node = { ...known, ...given };
      this.#trace.nodes.set(node.id, node);
      this.#waiting.set(node.id, node);
      placed ||= this.#trace.isPlaced(node);
    }
    // Only a span whose own surroundings are known can have completed those of others.
    if (!placed) return [];
    return this.#emit([...this.#waiting.values()].filter((node) => this.#isReady(node)));
  }

  /** Gives the events of what waits, with what is known now. */
  flush(): LogEvent[] {
    return this.#emit([...this.#waiting.values()]);
  }

  /** Gives the events of what waits, and ends the run: without the end of its first span it was interrupted. */
  close(): LogEvent[] {
    const events = this.flush();
    return [...events, ...this.#run.end(this.#endedRoot())];
  }

  /** Forgets the spans that are on record, and who asked for which tools in them. */
  forget(): void {
    this.#callers = new ToolCallers();
    this.#introduced.clear();
    for (const id of this.#trace.nodes.keys())
      if (!this.#running.has(id) && !this.#waiting.has(id)) this.#trace.nodes.delete(id);
  }

  #emit(nodes: readonly KnownNode[]): LogEvent[] {
    const sorted = [...nodes].sort((a, b) => compare(timeOf(a), timeOf(b)) || rankOf(a) - rankOf(b));
    this.#learn(sorted);
    const timed = sorted
      .flatMap((node) => this.#eventsOf(node).map((one) => ({ ...one, rank: rankOf(node) })))
      .sort((a, b) => compare(a.time, b.time) || a.rank - b.rank);
    const given = timed.flatMap(({ events }) => events);
    const own = this.#chosen === undefined && given.some(({ run_id }) => run_id === this.#traceId);
    const begun = own ? this.#run.begin(this.#root(), sorted[0]?.start) : [];
    for (const node of sorted) {
      this.#waiting.delete(node.id);
      slim(node);
    }
    const root = this.#endedRoot();
    return [...begun, ...given, ...(root === undefined ? [] : this.#run.end(root))];
  }

  /** A tool may run within the very call that asked for it, and is part of it only once that is on record. */
  #isReady(node: KnownNode): boolean {
    if (!this.#trace.isPlaced(node)) return false;
    const within = node.reading?.kind === 'tool' ? [...this.#trace.around(node)] : [];
    return !within.some(({ id, reading }) => reading?.kind === 'call' && this.#running.has(id));
  }

  #root(): KnownNode | undefined {
    return this.#rootId === undefined ? undefined : this.#trace.nodes.get(this.#rootId);
  }

  #endedRoot(): KnownNode | undefined {
    const root = this.#root();
    const open = root !== undefined && (this.#running.has(root.id) || this.#waiting.has(root.id));
    return open ? undefined : root;
  }

  /** What others of the same batch ask about: the first span, who wraps whom, who asked for which tools. */
  #learn(sorted: readonly KnownNode[]): void {
    const calls = sorted.filter(({ reading }) => reading?.kind === 'call');
    for (const node of calls) {
      const wrapper = this.#trace.wrapperOf(node);
      if (wrapper !== undefined) wrapper.wraps = true;
    }
    for (const node of calls)
      if (node.reading?.kind === 'call' && node.wraps !== true)
        this.#callers.add(node.id, this.#trace.scopeOf(node), node.start, node.reading);
    for (const node of sorted) {
      if (this.#trace.isRoot(node)) this.#rootId ??= node.id;
      this.#run.note(node.end);
      for (const one of [node, ...this.#trace.around(node)]) this.#findCaller(one);
    }
  }

  /** Asked once for each tool, and of a tool that runs as soon as a call within it ends. */
  #findCaller(node: KnownNode): void {
    if (node.reading?.kind !== 'tool' || node.callerId !== undefined) return;
    const place = { scope: this.#trace.scopeOf(node), start: node.start };
    const asked = this.#callers.find(node.reading, place);
    const callerId = asked?.callId ?? this.#trace.parentCallOf(node);
    if (callerId !== undefined) node.callerId = callerId;
    if (asked?.toolCallId !== undefined) node.askedAs = asked.toolCallId;
  }

  #eventsOf(node: KnownNode): Timed[] {
    const { reading } = node;
    if (reading === undefined || node.wraps === true) return [];
    const time = timeOf(node);
    const owner = this.#trace.ownerOf(node);
    const runId = this.#runIdOf(node);
    const introduced = owner === undefined ? [] : this.#introduce(owner.agent, node, runId);
    const opening = introduced.length === 0 ? [] : [{ time, events: introduced }];
    switch (reading.kind) {
      case 'agent':
        return opening;
      case 'call': {
        const parentCallId = this.#trace.parentCallOf(node);
        const { start, end } = callEvents(node, reading, { runId, owner, parentCallId });
        return [...opening, { time, events: start }, { time: endOf(node, time), events: end }];
      }
      case 'tool': {
        // A tool that no known call asked for stays visible among the orphans of the run.
        const { callerId = node.id, askedAs = reading.toolCallId ?? node.id } = node;
        const { start, end } = toolEvents(node, reading, { callId: callerId, toolCallId: askedAs, runId });
        // No clock may put it before the call that asked for it.
        const begun = max(time, this.#trace.nodes.get(callerId)?.start ?? time);
        return [...opening, { time: begun, events: start }, { time: endOf(node, begun), events: end }];
      }
      case 'handoff': {
        const callId = this.#callers.last({ scope: this.#trace.scopeOf(node), start: node.start });
        return [
          ...opening,
          { time: endOf(node, time), events: [handoffEvent(node, reading, callId, runId)] },
        ];
      }
      case 'guardrail':
        return [
          ...opening,
          { time: endOf(node, time), events: guardrailEvents(node, reading, owner?.agent.id, runId) },
        ];
    }
  }

  /** The run that was chosen, else the one around the code that began a span, else that of the trace. */
  #runIdOf({ around }: KnownNode): string | undefined {
    if (this.#chosen !== undefined) return this.#chosen.runId ?? around?.runId;
    return around?.runId ?? this.#traceId;
  }

  #introduce(agent: AgentRef, { start }: KnownNode, runId: string | undefined): LogEvent[] {
    const key = JSON.stringify([runId, agent]);
    if (this.#introduced.has(key)) return [];
    this.#introduced.add(key);
    return [{ type: 'agent.start', ...located(start, runId), agent }];
  }
}

/** Drops what is on record and nobody will ask for again. */
function slim(node: KnownNode): void {
  delete node.metadata;
  const { reading } = node;
  if (reading?.kind === 'call') {
    const { kind, agent, operation } = reading;
    node.reading = { kind, operation, messages: [], ...(agent !== undefined && { agent }) };
  } else if (reading?.kind === 'tool') {
    const { kind, agent, name } = reading;
    node.reading = { kind, name, ...(agent !== undefined && { agent }) };
  }
}

/** Where times are the same: who works, before what they ask, before what that makes them do. */
function rankOf({ reading }: KnownNode): number {
  return ['agent', 'call', 'tool', 'guardrail', 'handoff'].indexOf(reading?.kind ?? 'agent');
}

function timeOf({ start, end }: KnownNode): Nanoseconds {
  return start ?? end ?? 0n;
}

function endOf({ end }: KnownNode, start: Nanoseconds): Nanoseconds {
  return max(end ?? start, start);
}

function max(a: Nanoseconds, b: Nanoseconds): Nanoseconds {
  return a > b ? a : b;
}

function compare(a: Nanoseconds, b: Nanoseconds): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
