import type { ChatMessageParam } from '@pd/llm-client';
import type { AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { toUserMessage } from '../to-user-message.ts';
import { ModelAgent, type ModelAgentOptions } from './model-agent.ts';

export interface SimpleAgentOptions extends ModelAgentOptions {
  /** What the model is told first. Default: nothing. */
  systemPrompt?: string;
}

/** Answers with a model, remembering the conversation it is in: in its memory, or for as long as it lives. */
export class SimpleAgent extends ModelAgent {
  readonly #system: readonly ChatMessageParam[];
  readonly #history: ChatMessageParam[] = [];

  constructor({ systemPrompt, ...options }: SimpleAgentOptions) {
    super(options, 'assistant');
    this.#system = systemPrompt === undefined ? [] : [{ role: 'system', content: systemPrompt }];
  }

  /** Unless it has a memory, which may be one that several processes share. */
  get remembers(): boolean {
    return !this.hasMemory;
  }

  protected override messagesFor(message: IncomingMessage, { history }: RespondOptions): ChatMessageParam[] {
    // A history that is given stands in the place of what it remembers itself.
    const remembered = history === undefined ? this.#history : [];
    return [...this.#system, ...remembered, toUserMessage(message)];
  }

  /** Only whole exchanges are kept, so that a failed call leaves no question without its answer. */
  protected override remember(message: IncomingMessage, { messages = [] }: AgentReply): void {
    if (!this.hasMemory) this.#history.push(toUserMessage(message), ...messages);
  }
}
