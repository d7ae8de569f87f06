import type { Agent, AgentPart, AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { drain } from '../drain.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import { BaseAgent, type BaseAgentOptions } from './base-agent.ts';

/** What a defined agent answers: a text, a reply, or texts as they come. */
export type Answer = string | AgentReply | AsyncIterable<string>;

export interface DefineAgentOptions extends BaseAgentOptions {
  /** Answers a message. Model calls made inside belong to the agent. */
  respond: (message: IncomingMessage, options: RespondOptions) => Answer | Promise<Answer>;
}

/**
 * An agent without a class.
 *
 * @example
 * const shouter = defineAgent({ id: 'shouter', respond: ({ content }) => content.toUpperCase() });
 *
 * @throws {InvalidAgentError} without an id or a function
 */
export function defineAgent(options: DefineAgentOptions): Agent {
  return new DefinedAgent(options);
}

class DefinedAgent extends BaseAgent {
  readonly #respond: DefineAgentOptions['respond'];

  constructor({ respond, ...options }: DefineAgentOptions) {
    super(options);
    if (typeof respond !== 'function')
      throw new InvalidAgentError(`the agent ${this.id} has no respond function`);
    this.#respond = respond;
  }

  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    return drain(this.streamReply(message, options));
  }

  protected override async *streamReply(
    message: IncomingMessage,
    options: RespondOptions,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    options.signal?.throwIfAborted();
    const answer = await this.#respond(message, options);
    if (typeof answer === 'object' && Symbol.asyncIterator in answer) {
      let content = '';
      for await (const text of answer) {
        content += text;
        yield { type: 'text-delta', text };
      }
      return { content };
    }
    const reply = typeof answer === 'string' ? { content: answer } : answer;
    if (typeof reply?.content !== 'string')
      throw new TypeError(`the agent ${this.id} has to answer with a text, a reply or texts as they come`);
    if (reply.content !== '') yield { type: 'text-delta', text: reply.content };
    return reply;
  }
}
