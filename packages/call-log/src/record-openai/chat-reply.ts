import { ChatAssembly } from '../openai-wire/chat-assembly.ts';
import { toProviderError } from '../openai-wire/provider-error.ts';
import type { WireCompletion } from '../openai-wire/shapes.ts';
import type { ErrorRecord } from '../schema/common.ts';
import type { Outcome, ReplyReader } from './reply-reader.ts';

/** Reads a chat completion or the chunks of one. */
export class ChatReply implements ReplyReader {
  readonly #assembly: ChatAssembly;
  #error: ErrorRecord | undefined;

  /** @param choices how many answers were asked for */
  constructor(choices = 1) {
    this.#assembly = new ChatAssembly(choices);
  }

  push(value: WireCompletion & { error?: unknown }): string {
    if (value.error) this.#error = toProviderError(value.error);
    return this.#assembly.push(value).text;
  }

  /** A finish reason is not the last word: the usage comes after it. */
  get finished(): boolean {
    return this.#error !== undefined;
  }

  outcome(): Outcome {
    const shared = { reply: this.#assembly.reply(), usage: this.#assembly.usage };
    if (this.#error !== undefined) return { ...shared, status: 'error', error: this.#error };
    return { ...shared, status: this.#assembly.complete ? 'ok' : 'truncated' };
  }
}
