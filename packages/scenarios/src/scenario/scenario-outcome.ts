import type { PendingApproval } from '@pd/agents';
import type { TokenUsage } from '@pd/llm-client';
import type { LoopReason } from '../progress/progress-verdict.ts';
import type { StopCauseReason } from '../stop/stop-verdict.ts';

/**
 * Why a scenario stopped.
 *
 * | reason | |
 * |---|---|
 * | `done` | the pattern came to its end |
 * | `end_of_script` | a recorded conversation was played to its end |
 * | `max_turns`, `max_messages`, `text_mention`, `token_usage`, `cost_usd`, `unmeasured`, `unpriced`, `timeout`, `handoff`, `from`, `external`, `predicate` | a stop condition was true |
 * | `repeated_tool_call`, `repeated_message`, `ping_pong`, `cycle` | it went round in circles, also after it was told |
 * | `empty_answer` | somebody had nothing to say |
 * | `refusal`, `content_filter`, `blocked`, `length`, `approval`, `max_steps`, … | nothing was said, for that reason: why an agent's answer ended |
 * | `max_handoffs` | a swarm has handed over more often than it may |
 * | `rejected` | work did not pass a gate or a critic, as often as it was tried |
 * | `max_rounds`, `max_steps` | a supervisor, or a graph, did not come to its end within its limit |
 * | `no_plan`, `step_failed` | no plan could be carried out, or a step of it not be done |
 * | `stuck` | a join of a graph waits for a node that is not reached |
 * | `agent_failed` | an agent failed whose supervision says `stop` |
 * | `waiting` | it waits for a person's decision or answer (`pending`); resume it with that |
 */
export type StopReason =
  | 'done'
  | 'end_of_script'
  | StopCauseReason
  | LoopReason
  | 'empty_answer'
  | 'max_handoffs'
  | 'rejected'
  | 'max_rounds'
  | 'max_steps'
  | 'no_plan'
  | 'step_failed'
  | 'stuck'
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
