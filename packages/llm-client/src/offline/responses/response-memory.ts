import { ApiError } from '../api-error.ts';
import type { ChatMessage } from '../chat-request.ts';

/** Beyond these the oldest is forgotten. */
const REMEMBERED = 1_000;

/** The conversations that later requests may refer to by `previous_response_id`. */
export class ResponseMemory {
  readonly #messages = new Map<string, readonly ChatMessage[]>();

  keep(id: string, messages: readonly ChatMessage[]): void {
    this.#messages.set(id, messages);
    for (const oldest of this.#messages.keys()) {
      if (this.#messages.size <= REMEMBERED) return;
      this.#messages.delete(oldest);
    }
  }

  /** @throws ApiError 400 for an id that is not, or no longer, known */
  recall(id: string): readonly ChatMessage[] {
    const messages = this.#messages.get(id);
    if (messages !== undefined) return messages;
    throw new ApiError(400, `Previous response with id '${id}' not found.`, {
      param: 'previous_response_id',
      code: 'previous_response_not_found',
    });
  }
}
