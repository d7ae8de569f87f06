import { type IncomingMessage, ModelAgent, type ModelAgentOptions, toMessageName } from '@pd/agents';
import type { ConversationTurn } from '@pd/call-log/conversation';
import type { ChatMessageParam } from '@pd/llm-client';

/** A participant of a recorded conversation whose lines come from a model that knows the record. */
export class RecordedSpeaker extends ModelAgent {
  readonly #heard: readonly ConversationTurn[];

  /** @param options.heard what everybody has said so far; grows while the conversation goes on */
  constructor({ heard, ...options }: ModelAgentOptions & { heard: readonly ConversationTurn[] }) {
    super(options, 'agent');
    this.#heard = heard;
  }

  protected override messagesFor(_message: IncomingMessage): ChatMessageParam[] {
    return [
      { role: 'system', content: `You are ${this.name}, speaking in a recorded conversation.` },
      ...this.#heard.map(
        ({ speaker, content }): ChatMessageParam =>
          speaker === this.id
            ? { role: 'assistant', content }
            : { role: 'user', name: toMessageName(speaker), content },
      ),
    ];
  }
}
