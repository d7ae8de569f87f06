import type { Agent, AgentReply } from '@pd/agents';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import type { StopReason } from '../scenario/scenario-outcome.ts';
import type { Scene } from '../scenario/scene.ts';

/** What is to be worked on. */
export interface Task {
  content: string;
  /** Id of whoever gives it, and gets the result. */
  from: string;
  /** The call that produced it. */
  callId?: string | undefined;
  /** What was said before, for a pattern that takes part in another one. */
  before?: readonly Line[] | undefined;
}

/** Something that was said in a conversation. */
export interface Line {
  /** Id of whoever has said it. */
  from: string;
  content: string;
  /** The call that produced it. */
  callId?: string | undefined;
}

/** What came of a pattern. Whoever plays it decides who gets it. */
export interface PatternResult {
  content: string;
  /** Id of the agent whose answer it is; absent when nobody has said anything. */
  from?: string | undefined;
  /** The call that produced it. */
  callId?: string | undefined;
  /** The whole answer, where it is that of one agent. */
  reply?: AgentReply | undefined;
  /** Why it ended. Default: `done`. */
  reason?: StopReason | undefined;
  detail?: string | undefined;
}

/** A way of working together. Patterns take part in patterns, in the place of an agent. */
export interface Pattern {
  /** What kind it is, such as `pipeline`. */
  readonly name: string;
  /** All agents in it, those of patterns within it included. */
  readonly agents: readonly Agent[];
  play(task: Task, scene: Scene): Promise<PatternResult>;
}

/** Who can take part in a pattern. */
export type Member = Agent | Pattern;

/**
 * A pattern of your own.
 *
 * @param play posts messages with `scene.ask()`, and returns what came of it
 */
export function definePattern(
  name: string,
  members: readonly Member[],
  play: (task: Task, scene: Scene) => Promise<PatternResult>,
): Pattern {
  if (typeof name !== 'string' || name === '') throw new InvalidScenarioError('a pattern needs a name');
  return { name, agents: agentsOf(members), play };
}

/** Whether it is a pattern and no agent. */
export function isPattern(member: Member): member is Pattern {
  return typeof (member as Partial<Pattern>).play === 'function';
}

/** The agents of members, each once; two different ones may have one id, which is found out when they join. */
export function agentsOf(members: readonly Member[]): readonly Agent[] {
  return [...new Set(members.flatMap((member) => (isPattern(member) ? member.agents : [member])))];
}
