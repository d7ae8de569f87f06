import type { PendingApproval } from '@pd/agents';
import type { TokenUsage } from '@pd/llm-client';

/**
 * Why a scenario stopped.
 *
 * | reason | |
 * |---|---|
 * | `done` | the pattern came to its end |
 * | `end_of_script` | a recorded conversation was played to its end |
 * | `max_turns`, `max_messages`, `text_mention`, `token_usage`, `cost_usd`, `unpriced`, `timeout`, `handoff`, `from`, `external`, `predicate` | a stop condition was true |
 * | `repeated_tool_call`, `repeated_message`, `ping_pong`, `cycle` | it went round in circles, also after it was told |
 * | `empty_answer` | somebody had nothing to say |
 * | `agent_failed` | an agent failed whose supervision says `stop` |
 * | `waiting` | it waits for a person's decision or answer (`pending`); resume it with that |
 */
export type StopReason =
  | 'done'
  | 'end_of_script'
  | 'max_turns'
  | 'max_messages'
  | 'text_mention'
  | 'token_usage'
  | 'cost_usd'
  | 'unpriced'
  | 'timeout'
  | 'handoff'
  | 'from'
  | 'external'
  | 'predicate'
  | 'repeated_tool_call'
  | 'repeated_message'
  | 'ping_pong'
  | 'cycle'
  | 'empty_answer'
  | 'agent_failed'
  | 'waiting'
  // A pattern of your own may have its own.
  | (string & {});

/** How a scenario ended. An abort is no outcome: it throws the signal's reason. */
export interface ScenarioOutcome {
  reason: StopReason;
  /** What there is to say about it. */
  detail?: string;
  /** The run that it is on record in; absent when a pattern was played in a run of somebody else's. */
  runId?: string;
  /** Turns that were finished. */
  turns: number;
  /** Messages that were posted. */
  messages: number;
  /** What came of it: the last answer there was. */
  content: string;
  /** Id of the agent whose answer that is; absent when there was none. */
  from?: string;
  /** The call that produced it, in the log. */
  callId?: string;
  /** Tokens of all turns; absent when no model was asked. */
  usage?: TokenUsage;
  /** US dollars of the same; `undefined` when the price of one of them is not known. */
  costUsd?: number | undefined;
  /** What an agent threw (`agent_failed`). */
  error?: unknown;
  /** What it waits for (`waiting`). */
  pending?: readonly Waiting[];
}

/** A person's decision or answer that a scenario waits for. */
export type Waiting =
  | { type: 'approval'; agent: string; messageId: string; pending: PendingApproval }
  | { type: 'answer'; agent: string; messageId: string; content: string };
