import type { CallNode, CallStart, JsonValue, MessageStatus, RunTree } from '@pd/call-log/schema';
import type { OwnEvent } from '../call/record-own.ts';

/**
 * A call that an earlier process of the run made: `finished`, with its answer or its error; `in_flight` when that process
 * died; `aborted` by its caller, so that it has no answer and may be made anew.
 */
export interface RecordedCall {
  state: 'finished' | 'in_flight' | 'aborted';
  call: CallNode;
}

/** What came of a tool call. */
export interface RecordedTool {
  status: 'ok' | 'error' | 'denied' | 'timeout';
  /** What the model was told. */
  result: JsonValue | undefined;
  durationMs: number | undefined;
}

/** A message, and what had become of it. */
export interface RecordedMessage {
  id: string;
  status: MessageStatus;
}

/** A message to be found on record: who tells whom what, and the call that the words come from. */
export interface RecordedEnvelope {
  from?: string | undefined;
  to?: string | undefined;
  callId?: string | undefined;
  content?: JsonValue | undefined;
}

/** A value that is no call: the time, a random number, a person's answer. */
export interface RecordedStep {
  id: string | undefined;
  status: 'ok' | 'error';
  value: JsonValue | undefined;
  error: { type?: string; code?: string; message?: string } | undefined;
}

/** What to wait for before something new is done. */
export interface RestOptions {
  /** The call that is not on record, for the error to say what is different about it. */
  call?: CallStart | undefined;
  /** Ends the waiting; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * A run that is on record and is done again from its top, made by `readRecordedRun()`. Everything on record is served once,
 * in the order in which it was made. `client.bind({ resume })` makes a client's calls from it.
 */
export interface RecordedRun {
  /** The run as it was when it was read. */
  readonly tree: RunTree;
  /** How many finished calls have not been asked for. Those that their caller ended may never be, and do not count. */
  readonly remaining: number;
  /** The recorded call that asks the same for the same agent, of equal ones the first; `undefined` when there is none left. */
  call(start: CallStart): RecordedCall | undefined;
  /** What came of a tool call; `undefined` when it did not end, or was aborted. As often as it is asked for. */
  tool(callId: string, toolCallId: string): RecordedTool | undefined;
  /** The next equal message. */
  message(envelope: RecordedEnvelope): RecordedMessage | undefined;
  /**
   * The step of that name that was begun as that one of them, from 1. Without an ordinal, or for a record that has none: the next
   * one of those that have none.
   */
  step(name: string, ordinal?: number): RecordedStep | undefined;
  /** The event as it is to be written now: under the ids of the record, or not at all when the record has it. */
  unrecorded(event: OwnEvent): OwnEvent | undefined;
  /**
   * Resolves when every finished call has been asked for, so that what comes next is new.
   *
   * @throws {DivergenceError} when nothing on record is asked for any more although there is something left
   * @throws the signal's reason
   */
  rest(options?: RestOptions): Promise<void>;
}
