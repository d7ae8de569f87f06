import type { ChatResult, TokenUsage } from '../chat-result.ts';
import type { Issue } from './validate.ts';

/** Why there is no object. Only the first two are given back to the model to repair. */
export type ObjectFailureReason =
  /** The reply holds no JSON. */
  | 'not-json'
  /** Its JSON does not fit the schema. */
  | 'schema'
  /** The model refused. */
  | 'refusal'
  /** The reply ran into the limit of output tokens; what there is of it may be half an object, even where it parses. */
  | 'length'
  /** The provider held the reply back. */
  | 'content-filter';

interface ObjectCalls {
  /** Every call it took, in order; each is on record by its `callId`, a repair as a child of the call it repairs. */
  calls: [ChatResult, ...ChatResult[]];
  /** Tokens of all of them. */
  usage: TokenUsage;
  /** US dollars of all of them; `undefined` when one of them has no known price. */
  costUsd: number | undefined;
}

/** The object that was asked for. */
export interface ObjectSuccess<Output> extends ObjectCalls {
  ok: true;
  object: Output;
}

/** The last reply, and why it is not the object. */
export interface ObjectFailure extends ObjectCalls {
  ok: false;
  reason: ObjectFailureReason;
  /** What the model wrote; with `refusal`, why it does not. */
  text: string;
  /** What is wrong with it, and where. */
  issues: Issue[];
}

/** What came of asking for an object. A reply that does not fit is no error: it is to be expected, and data. */
export type ObjectResult<Output> = ObjectSuccess<Output> | ObjectFailure;
