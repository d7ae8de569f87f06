import type { ChatMessageParam } from '@pd/llm-client';
import type { IncomingMessage } from '../agent.ts';
import { toUserMessage } from '../to-user-message.ts';
import { ModelAgent, type ModelAgentOptions } from './model-agent.ts';

/** What a ChaosAgent tells the model unless it is given something else. */
export const CHAOS_PROMPT = [
  'You are the creative, unconventional voice in this conversation.',
  'Turn assumptions upside down, borrow ideas from distant fields, and prefer the surprising image to the safe summary.',
  'Be playful, but leave the others one idea they can really use. Answer in two to four sentences.',
].join(' ');

export interface ChaosAgentOptions extends ModelAgentOptions {
  /** Replaces {@link CHAOS_PROMPT}. */
  systemPrompt?: string;
}

/**
 * Answers with unconventional ideas. It remembers nothing: every call is the system prompt and the one
 * message it reacts to, so that each answer starts from scratch.
 */
export class ChaosAgent extends ModelAgent {
  readonly #systemPrompt: string;

  constructor({ systemPrompt = CHAOS_PROMPT, ...options }: ChaosAgentOptions) {
    super(options, 'provocateur');
    this.#systemPrompt = systemPrompt;
  }

  protected override messagesFor(message: IncomingMessage): ChatMessageParam[] {
    return [{ role: 'system', content: this.#systemPrompt }, toUserMessage(message)];
  }
}
