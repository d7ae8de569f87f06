import type {
  AgentRef,
  CallEnding,
  ErrorRecord,
  Mended,
  MessageStatus,
  Operation,
  Reply,
  RunEnding,
  Usage,
} from './common.ts';
import type { Chunks } from './events.ts';
import type { JsonValue } from './json.ts';

/** What every event may say about where it belongs; the log finds out what is not said. */
interface Located {
  /** ISO 8601 UTC with milliseconds. Default: when the log gets the event. */
  at?: string;
  /** The run it belongs to. Default: the surrounding run, else the log's default run. */
  run_id?: string;
}

/** A run begins, for whoever brings a run along that was made elsewhere; `CallLog.run()` says it for its own. */
export interface RunStart extends Located {
  type: 'run.start';
  run_id: string;
  name?: string;
  metadata?: object;
}

/** That run is over. A run that `CallLog.run()` has begun is ended by it alone. */
export interface RunEnd extends Located {
  type: 'run.end';
  run_id: string;
  status: RunEnding;
  error?: ErrorRecord;
}

/** A call begins; given to the logger before the first byte is sent. */
export interface CallStart extends Located {
  type: 'call.start';
  call_id: string;
  /** The call that asked for this one, for nested agents. */
  parent_call_id?: string;
  /** Who asks, when the caller knows. */
  agent?: AgentRef;
  /** How the caller knows: named for this very call, bound to the client, or around the call where it was made. */
  agent_source?: 'explicit' | 'binding' | 'context';
  operation: Operation;
  provider: string;
  model: string;
  /** The chat messages, as sent. */
  messages: readonly object[];
  /** The other parameters of the request, as sent. */
  parameters?: object;
  tools?: readonly object[];
  /** What was mended of the messages before they were sent. */
  mended?: readonly Mended[];
  /** `false` when whoever logs this knows that it is not exactly what is sent. */
  exact?: false;
  /** Passed through untouched; `agent_id`, `agent_name`, `agent_role` and `run_id` also name the owner. */
  metadata?: object;
}

/** One request goes out for a call. */
export interface AttemptStart extends Located {
  type: 'attempt.start';
  call_id: string;
  /** Counts from 1. */
  number: number;
  provider: string;
  model: string;
  /** How long it waited after the attempt before it, and for limits. */
  waited_ms?: number;
  /** What was mended for this attempt's provider, whose rules are others than those of the call's. */
  mended?: readonly Mended[];
}

/** That request has its answer, or will have none. */
export interface AttemptEnd extends Located {
  type: 'attempt.end';
  call_id: string;
  number: number;
  status: CallEnding;
  http_status?: number;
  /** The model that served it, as the provider names it. */
  model?: string;
  retry_after_ms?: number;
  duration_ms?: number;
  error?: ErrorRecord;
  usage?: Usage;
  cost_usd?: number;
}

/**
 * More of a reply's text has come, while it streams. Given as often as its client likes; the log writes what may be
 * written of it from time to time, so that a call that never ends has its text on record. `call.end` has the reply.
 */
export interface CallProgress extends Located {
  type: 'call.progress';
  call_id: string;
  /** The next piece of the text, not the text so far. */
  text: string;
}

/** A call is over; given to the logger before the caller sees the result. */
export interface CallEnd extends Located {
  type: 'call.end';
  call_id: string;
  status: CallEnding;
  duration_ms?: number;
  time_to_first_chunk_ms?: number;
  reply?: Reply;
  usage?: Usage;
  cost_usd?: number;
  error?: ErrorRecord;
  chunks?: Chunks;
}

/** An agent enters the run, possibly without ever making a call. */
export interface AgentStart extends Located {
  type: 'agent.start';
  agent: AgentRef;
}

/** An envelope from one agent to another; again with the same id when its status changes. */
export interface MessageEvent extends Located {
  type: 'message';
  message_id: string;
  from?: string;
  to?: string;
  /** The call that produced the content. */
  call_id?: string;
  content?: JsonValue;
  status: MessageStatus;
}

export interface ToolStart extends Located {
  type: 'tool.start';
  call_id: string;
  tool_call_id: string;
  name: string;
  arguments?: unknown;
}

export interface ToolEnd extends Located {
  type: 'tool.end';
  call_id: string;
  tool_call_id: string;
  status: 'ok' | 'error' | 'denied' | 'timeout' | 'aborted';
  result?: unknown;
  duration_ms?: number;
}

/** A line of the program's own log, to be kept in the run's timeline. Belongs to no call unless it names one. */
export interface LogLine extends Located {
  type: 'log';
  /** As the program names it: `info`, `warn`, … */
  level: string;
  message?: string;
  /** Any values of your own. */
  fields?: object;
  /** Whose line it is. Default: the surrounding agent's, else nobody's. */
  agent_id?: string;
  /** The call it is about. */
  call_id?: string;
}

/**
 * A value that is no reply of a model (a time, a random number, a person's answer) is there. When the run is continued it
 * is taken from the record: the n-th step of a name for the n-th question of that name.
 */
export interface StepEvent extends Located {
  type: 'step';
  /** Unique in the run. */
  step_id: string;
  name: string;
  /** As which of that name it was begun, from 1; so that of several at once each gets its own again. Default: as it was written. */
  ordinal?: number;
  status: 'ok' | 'error';
  /** Any value; on record is what JSON has of it. */
  value?: unknown;
  /** With `error`: why there is no value. */
  error?: ErrorRecord;
  /** Whose step it is. */
  agent_id?: string;
}

/** What a logger is given: the journal's events before identity, redaction and content addressing. */
export type LogEvent =
  | RunStart
  | RunEnd
  | CallStart
  | AttemptStart
  | AttemptEnd
  | CallProgress
  | CallEnd
  | AgentStart
  | MessageEvent
  | ToolStart
  | ToolEnd
  | LogLine
  | StepEvent;

/** Gets every event, in order, synchronously. Must not throw; whoever calls it guards against one that does. */
export interface Logger {
  (event: LogEvent): void;
  /**
   * Takes several events that happen together, in order, so that a log can write them at once. Only ever given what the
   * logger itself would be given, one after the other; who has none is given them like that.
   */
  batch?(events: readonly LogEvent[]): void;
}
