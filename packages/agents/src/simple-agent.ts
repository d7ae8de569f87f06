import type { ChatMessageParam, ChatResult } from '@pd/llm-client';
import type { IncomingMessage } from './agent.ts';
import { ModelAgent, type ModelAgentOptions } from './model-agent.ts';

export interface SimpleAgentOptions extends ModelAgentOptions {
  /** What the model is told first. Default: nothing. */
  systemPrompt?: string;
}

/** Answers with a model, remembering the conversation it is in for as long as it lives. */
export class SimpleAgent extends ModelAgent {
  readonly #history: ChatMessageParam[];

  constructor({ systemPrompt, ...options }: SimpleAgentOptions) {
    super(options, 'assistant');
    this.#history = systemPrompt === undefined ? [] : [{ role: 'system', content: systemPrompt }];
  }

  protected override messagesFor({ content }: IncomingMessage): ChatMessageParam[] {
    return [...this.#history, { role: 'user', content }];
  }

  /** Only whole exchanges are kept, so that a failed call leaves no question without its answer. */
  protected override remember({ content }: IncomingMessage, reply: ChatResult): void {
    this.#history.push({ role: 'user', content }, { role: 'assistant', content: reply.text });
  }
}
