import type { RedactOptions } from '@pd/call-log/reader';
import type { MessageEvent, RunTree } from '@pd/call-log/schema';
import { Once } from './once.ts';
import type { RecordedEnvelope, RecordedMessage } from './recorded-run.ts';
import { createScrub } from './scrub-text.ts';

/** The messages of a recorded run: equal ones first in first out. */
export class RecordedMessages {
  readonly #scrub: (text: string) => string;
  readonly #messages = new Once<RecordedMessage>();
  /** What a message is called now, and which one on record it is. */
  readonly #known = new Map<string, RecordedMessage>();

  constructor({ messages }: RunTree, redact: RedactOptions | false) {
    this.#scrub = createScrub(redact);
    for (const { id, status, from, to, call_id: callId, content } of messages)
      this.#messages.put(keyOf({ from, to, callId }, content), { id, status });
  }

  take({ content, ...envelope }: RecordedEnvelope): RecordedMessage | undefined {
    const asSaid = this.#messages.take(keyOf(envelope, content));
    if (asSaid !== undefined || typeof content !== 'string') return asSaid;
    return this.#messages.take(keyOf(envelope, this.#scrub(content)));
  }

  /** As it is to be written; `undefined` when that is on record. */
  unrecorded(event: MessageEvent): MessageEvent | undefined {
    const { message_id, from, to, call_id: callId, content, status } = event;
    const known = this.#known.get(message_id);
    if (known !== undefined) {
      if (known.status === status) return undefined;
      known.status = status;
      return { ...event, message_id: known.id };
    }
    // Of a message that is not on record; only the first record of one says what it is.
    if (from === undefined && content === undefined) return event;
    const found = this.take({ from, to, callId, content });
    if (found === undefined) return event;
    this.#known.set(message_id, { ...found });
    return undefined;
  }
}

function keyOf({ from, to, callId }: RecordedEnvelope, content: unknown): string {
  return JSON.stringify([from, to, callId, content]);
}
