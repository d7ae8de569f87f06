import type { RunOptions } from '../call-log-contract.ts';
import type { CallContext } from '../identity/context.ts';
import { resolveAgent, resolveRunId } from '../identity/resolve.ts';
import { asMessage } from '../journal/message-store.ts';
import { remember } from '../journal/remember.ts';
import type { PlainJson } from '../journal/to-plain-json.ts';
import { callStartRecord, plainRecord } from '../journal/to-record.ts';
import type { Span } from '../otel/span.ts';
import { type CallPlace, callSpans, toolSpan } from '../otlp/call-spans.ts';
import type { AgentRef, ErrorRecord, RunEnding } from '../schema/common.ts';
import type { RecordedEventOf } from '../schema/events.ts';
import type { JsonObject } from '../schema/json.ts';
import type { CallStart, LogEvent, MessageEvent, RunEnd, RunStart } from '../schema/logger-events.ts';
import type { CallNode, MessageNode } from '../schema/tree.ts';
import {
  closed,
  defined,
  endAttempt,
  endCall,
  endTool,
  OpenParts,
  startAttempt,
  startCall,
  startTool,
} from '../tree/fold-call.ts';
import { LiveRun } from './live-run.ts';

/** Calls that later events may belong to; a call beyond that is exported as far as it has come. */
const KEPT_CALLS = 20_000;
/** Runs that later events may belong to; the spans of a run beyond that are sent. */
const KEPT_RUNS = 100;

type InCall = RecordedEventOf<'attempt.start' | 'attempt.end' | 'call.end' | 'tool.start' | 'tool.end'>;

/** A call whose spans are made, or will be when it ends. */
interface LiveCall {
  node: CallNode;
  parts: OpenParts;
  run: LiveRun;
  place: CallPlace;
  request: JsonObject[];
  /** When each of its tool calls began. */
  toolsBegan: string[];
}

export interface LiveSpansOptions {
  defaultRun: RunOptions & { id: string };
  resource: JsonObject;
  /** The fields of a record as redacted JSON. */
  plain: (fields: object) => PlainJson;
  redact: (text: string) => string;
  /** Whether `plain` leaves what was said. */
  captureContent: boolean;
  /** Whether `gen_ai.input.messages` has the whole request, or what is new in it. */
  messages: 'all' | 'new';
  /** Gets what makes the spans of something that is over: work for later. */
  emit(spans: () => Span[]): void;
  /** Told when something is left out. */
  onLoss(reason: string): void;
}

/** Makes spans of events as they come: those of a call when it ends, those of a run and its agents when it is over. */
export class LiveSpans {
  readonly #options: LiveSpansOptions;
  readonly #runs = new Map<string, LiveRun>();
  readonly #calls = new Map<string, LiveCall>();

  constructor(options: LiveSpansOptions) {
    this.#options = options;
  }

  /** Pieces of a reply that is still coming, lines of the program's own log and steps are passed over. */
  record(event: LogEvent & { at: string }, context: CallContext): void {
    if (event.type === 'call.progress' || event.type === 'log' || event.type === 'step') return;
    if (event.type === 'call.start') {
      this.#start(event, context);
      return;
    }
    if (event.type === 'run.start' || event.type === 'run.end') {
      const run = this.#runOf(event, context);
      run.touch(event.at);
      if (event.type === 'run.end') this.#endRun(run, event);
      return;
    }
    // What the log writes, and what its tree is folded from; the record's fields are the event's.
    const record = plainRecord(event, this.#options.plain) as unknown as Exclude<typeof event, CallStart>;
    const live = record.type === 'agent.start' ? undefined : this.#calls.get(record.call_id ?? '');
    if (record.type === 'agent.start' || record.type === 'message') {
      const run = live?.run ?? this.#runOf(event, context);
      run.touch(event.at);
      if (record.type === 'agent.start') run.introduce(record.agent);
      else if (!run.say(toMessage(record, event.at)))
        this.#options.onLoss('more messages in one run than are kept');
    } else if (live === undefined) {
      this.#options.onLoss(`a record of a call that is not known: ${record.type}`);
    } else {
      live.run.touch(event.at);
      this.#inCall(live, { ...record, at: event.at } as InCall);
    }
  }

  /** Sends the spans of runs in which nothing has happened for that long; again, should something still happen. */
  finishIdle(ms: number): void {
    for (const run of this.#runs.values())
      if (run.changed && run.openCalls === 0 && performance.now() - run.touchedMs > ms)
        this.#emitRun(run, 'running');
  }

  /** Sends what has not been sent: calls that are still open, then the runs. */
  finish(): void {
    for (const live of this.#calls.values()) this.#abandon(live);
    this.#calls.clear();
    for (const run of this.#runs.values())
      if (run.changed || run.ending === undefined) this.#emitRun(run, 'completed');
    this.#runs.clear();
  }

  #endRun(run: LiveRun, { status, error }: RunEnd): void {
    const { plain } = this.#options;
    run.ending ??= plain({ status, ...(error !== undefined && { error }) }).value as {
      status: RunEnding;
      error?: ErrorRecord;
    };
    this.#emitRun(run, 'completed');
  }

  #start(event: CallStart & { at: string }, context: CallContext): void {
    const { plain, resource } = this.#options;
    const run = this.#runOf(event, context);
    run.touch(event.at);
    const { agent, source } = resolveAgent(event, context);
    const owner = run.introduce((plain({ agent }).value as { agent: AgentRef }).agent);
    let request: JsonObject[] = [];
    const { record } = callStartRecord(event, { agentId: agent.id, source }, plain, {
      store: (agentId, callId, messages) => {
        request = messages.map(asMessage);
        return run.store.store(agentId, callId, messages);
      },
    });
    const start = record as unknown as RecordedEventOf<'call.start'>;
    const node = startCall(start, request.slice(start.history?.take ?? 0));
    const before = this.#calls.get(node.id);
    if (before?.run === run) {
      // As in the tree, where the first one stays.
      this.#options.onLoss('two calls have one id');
      return;
    }
    if (before !== undefined) this.#abandon(before);
    const index = run.beginCall(owner.id, event.at);
    const place = { runId: run.id, agentId: owner.id, agentName: owner.name, index, resource };
    remember(
      this.#calls,
      node.id,
      { node, parts: new OpenParts(), run, place, request, toolsBegan: [] },
      KEPT_CALLS,
      (live) => this.#abandon(live),
    );
  }

  #inCall(live: LiveCall, event: InCall): void {
    const { node, parts } = live;
    switch (event.type) {
      case 'attempt.start':
        startAttempt(node, parts, event);
        return;
      case 'attempt.end':
        endAttempt(parts, event);
        return;
      case 'call.end':
        if (endCall(node, parts, event)) this.#emitCall(live);
        return;
      case 'tool.start':
        startTool(node, parts, event);
        live.toolsBegan.push(event.at);
        return;
      case 'tool.end':
        this.#endTool(live, event);
        return;
    }
  }

  #endTool({ node, parts, place, toolsBegan }: LiveCall, event: Extract<InCall, { type: 'tool.end' }>): void {
    // The one that endTool() takes: the first of that id that is open.
    const index = node.tool_calls.findIndex(
      ({ id, status }) => id === event.tool_call_id && status === 'open',
    );
    if (!endTool(parts, event)) return;
    const tool = node.tool_calls[index];
    if (tool === undefined) return;
    const { id, started_at } = node;
    const done = { ...tool };
    const began = toolsBegan[index];
    this.#options.emit(() => [toolSpan(done, index, { id, started_at }, place, began)]);
    delete tool.arguments;
    delete tool.result;
  }

  /** What has no ending by now will have none. */
  #emitCall(live: LiveCall): void {
    const { node, parts, run, place, request } = live;
    const done = closed(node, parts, 'interrupted');
    run.endCall(place.agentId, done);
    const { messages } = this.#options;
    this.#options.emit(() => callSpans(done, place, messages === 'new' ? undefined : request));
    // Finished calls leave memory, but for what the tools need that run after them.
    const { provider, model } = node.pre;
    node.status = done.status;
    node.pre = { provider, model, messages: [] };
    node.attempts = [];
    delete node.post;
    live.request = [];
  }

  /** A call without an ending, and tools without theirs: nobody will end them here. */
  #abandon(live: LiveCall): void {
    const { node, place, toolsBegan } = live;
    if (node.status === 'open') this.#emitCall(live);
    for (const [index, tool] of node.tool_calls.entries())
      if (tool.status === 'open')
        this.#options.emit(() => [
          toolSpan({ ...tool, status: 'interrupted' }, index, node, place, toolsBegan[index]),
        ]);
  }

  #runOf(event: LogEvent & { at: string }, context: CallContext): LiveRun {
    const { defaultRun, plain, redact, captureContent } = this.#options;
    const id = redact(String(resolveRunId(event, context) ?? defaultRun.id));
    const known = this.#runs.get(id);
    if (known !== undefined) return known;
    const told: Partial<RunStart> = event.type === 'run.start' ? event : {};
    const { name, metadata }: RunOptions = id === defaultRun.id ? { ...told, ...defaultRun } : told;
    const given = plain({ name, metadata }).value as { name?: string; metadata?: JsonObject };
    const run = new LiveRun(id, { ...given, captureContent, startedAt: event.at });
    remember(this.#runs, id, run, KEPT_RUNS, (oldest) => this.#emitRun(oldest, 'running'));
    return run;
  }

  #emitRun(run: LiveRun, status: 'running' | 'completed'): void {
    const spans = run.spans(status, this.#options.resource);
    this.#options.emit(() => spans);
  }
}

function toMessage(
  { message_id: id, from, to, call_id, content, status }: MessageEvent,
  at: string,
): MessageNode {
  return { id, at, ...defined({ from, to, call_id, content }), status };
}
