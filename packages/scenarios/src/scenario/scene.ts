import type { AgentReply } from '@pd/agents';
import type { JsonValue } from '@pd/call-log/schema';
import type { ChatMessageParam } from '@pd/llm-client';
import type { Coordinator } from '../coordinator/coordinator.ts';
import type { Member, Pattern, PatternResult, Task } from '../patterns/pattern.ts';
import type { StopReason } from './scenario-outcome.ts';

/** What is said to a member, and by whom. */
export interface Said extends Task {
  /** The conversation so far, for an agent that is to see this one in the place of its own memory. */
  history?: readonly ChatMessageParam[] | undefined;
  /** Whether a hand-over inside of the answer is followed (the default), or told in the reply. */
  handoffs?: 'follow' | 'return' | undefined;
  /** How long the answer may take, in milliseconds. Default: the scenario's `deadlineMs`. */
  deadlineMs?: number | undefined;
  /** Ends the work on it. */
  signal?: AbortSignal | undefined;
  /** Id of whoever is to get the answer, for those who watch; it is posted by whoever asked. */
  answerFor?: string | undefined;
}

/** What a member has answered. It is with whoever asked; posting it to somebody is the next step. */
export interface Answer {
  content: string;
  /** Id of the agent whose answer it is. */
  from: string;
  /** The call that produced it. */
  callId?: string | undefined;
  reply: AgentReply;
}

/** Why a scenario is to stop. */
export interface Verdict {
  reason: StopReason;
  detail?: string | undefined;
  /** What an agent threw. */
  error?: unknown;
}

/** What a pattern works with: the agents of a scenario that goes on, and what must be the same when it is resumed. */
export interface Scene {
  /** Routes the messages. Agents of the pattern take part already. */
  readonly coordinator: Coordinator;
  /** Ends when the scenario does. */
  readonly signal: AbortSignal;
  /** Set when the scenario as a whole is to stop: what has been said is to go to whoever gave the task. */
  readonly verdict: Verdict | undefined;
  /** Has a member answer: an agent by a message that is on record, a pattern by being played. */
  ask(member: Member, said: Said): Promise<Answer>;
  /** Lets somebody hear something; it has nothing to answer, and is asked nothing. */
  tell(to: string, said: Task): void;
  /** Plays a pattern within this one. */
  play(pattern: Pattern, task: Task): Promise<PatternResult>;
  /**
   * Does something whose result must be the same when the scenario is resumed: it is on record, and then taken from there. The n-th
   * that is begun under a name gets what the n-th got before; what fails is tried again.
   *
   * @throws {InvalidStepError} when JSON cannot hold the result
   */
  step<T extends JsonValue>(name: string, work: () => T | Promise<T>): Promise<T>;
  /** The time; a step. */
  now(): Promise<Date>;
  /** Numbers from 0 to 1 that depend on the seed and the name alone. Asked again by the same name, the row goes on. */
  random(name: string): () => number;
}
