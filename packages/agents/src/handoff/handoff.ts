import type { ChatMessageParam } from '@pd/llm-client';
import type { Agent } from '../agent.ts';

/** What the next agent is shown of the conversation before the message. */
export type HandoffHistory =
  | 'all'
  | 'none'
  /** The last so many chat messages. */
  | { last: number }
  | ((
      messages: readonly ChatMessageParam[],
    ) => readonly ChatMessageParam[] | Promise<readonly ChatMessageParam[]>);

/** What a tool made by `handoffTo()` returns: who goes on, and with what. */
export class Handoff {
  readonly agent: Agent;
  /** Why, and what the next agent has to know. */
  readonly note: string;
  readonly history: HandoffHistory;

  constructor(agent: Agent, note: string, history: HandoffHistory) {
    this.agent = agent;
    this.note = note;
    this.history = history;
  }

  /** What the model is told. */
  toJSON(): object {
    return { handed_over_to: this.agent.id };
  }
}
