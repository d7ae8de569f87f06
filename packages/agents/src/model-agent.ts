import type { ChatMessageParam, ChatParameters, ChatRequest, ChatResult, LLMClient } from '@pd/llm-client';
import type { AgentReply, AgentStream, IncomingMessage, RespondOptions } from './agent.ts';
import { type AgentIdentity, BaseAgent } from './base-agent.ts';

export interface ModelAgentOptions extends AgentIdentity {
  client: LLMClient;
  /** `provider/model`. Default: the client's. */
  model?: string;
  /** Parameters of every request, such as `temperature`; sent as they are. */
  parameters?: ChatParameters;
}

/** An agent whose answers come from a model: a subclass says which chat messages to send and keeps what it wants. */
export abstract class ModelAgent extends BaseAgent {
  readonly #client: LLMClient;
  readonly #model: string | undefined;
  readonly #parameters: ChatParameters;

  constructor({ client, model, parameters = {}, ...identity }: ModelAgentOptions, defaultRole: string) {
    super(identity, defaultRole);
    this.#client = client;
    this.#model = model;
    this.#parameters = parameters;
  }

  /** The chat messages that ask the model for an answer to `message`. */
  protected abstract messagesFor(message: IncomingMessage): ChatMessageParam[];

  /** Told of every exchange that was completed. By default it is forgotten. */
  protected remember(_message: IncomingMessage, _reply: ChatResult): void {}

  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    return this.#done(message, await this.#client.chat(this.#request(message, options)));
  }

  protected override streamReply(message: IncomingMessage, options: RespondOptions): AgentStream {
    const stream = this.#client.stream(this.#request(message, options));
    let reply: Promise<AgentReply> | undefined;
    // Remembered once, whether the stream is read, asked for its result, or both.
    const result = () => (reply ??= stream.result().then((answer) => this.#done(message, answer)));
    return {
      async *[Symbol.asyncIterator]() {
        for await (const part of stream) if (part.type === 'text-delta') yield part.text;
        await result();
      },
      result,
    };
  }

  #request(message: IncomingMessage, { signal }: RespondOptions): ChatRequest {
    return {
      ...this.#parameters,
      messages: this.messagesFor(message),
      ...(this.#model !== undefined && { model: this.#model }),
      // Named in every call, so that none lands under `unknown_agent` wherever it is awaited.
      agent: this.ref,
      metadata: { agent_id: this.id, agent_name: this.name, agent_role: this.role },
      signal,
    };
  }

  #done(message: IncomingMessage, answer: ChatResult): AgentReply {
    this.remember(message, answer);
    return { content: answer.text, callId: answer.callId, usage: answer.usage };
  }
}
