import type { ChatMessageParam } from '@pd/llm-client';
import type { AgentPart, AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { toUserMessage } from '../to-user-message.ts';
import { ModelAgent, type ModelAgentOptions } from './model-agent.ts';

/**
 * An agent whose answers are made of objects, each from its system prompt and the one message. Objects are whole or
 * nothing, so a stream of it comes in one piece.
 */
export abstract class ObjectAgent extends ModelAgent {
  readonly #systemPrompt: string;

  /** @param prompts parts of the system prompt; what is absent or empty is left out */
  constructor(options: ModelAgentOptions, defaultRole: string, prompts: readonly (string | undefined)[]) {
    super(options, defaultRole);
    this.#systemPrompt = prompts.filter(Boolean).join('\n\n');
  }

  protected override messagesFor(message: IncomingMessage): ChatMessageParam[] {
    return [{ role: 'system', content: this.#systemPrompt }, toUserMessage(message)];
  }

  protected abstract override reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply>;

  protected override async *streamReply(
    message: IncomingMessage,
    options: RespondOptions,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    const reply = await this.reply(message, options);
    if (reply.content !== '') yield { type: 'text-delta', text: reply.content };
    return reply;
  }
}
