import type { CallEnding, ErrorRecord, Operation, Reply, Usage } from '../schema/common.ts';
import { ChatReply } from './chat-reply.ts';
import { EmbeddingsReply } from './embeddings-reply.ts';
import { ResponsesReply } from './responses-reply.ts';

/** What a reply says about how its call ended. */
export interface Outcome {
  status: CallEnding;
  reply: Reply;
  usage: Usage;
  error?: ErrorRecord;
}

/** Reads the JSON of a reply: one value for a whole reply, one for each event of a stream. */
export interface ReplyReader {
  /** Returns the text that the value added. */
  push(value: object): string;
  /** Whether the last word has been said, so that the call is over before its connection is. */
  readonly finished: boolean;
  /** What has come so far, as if nothing more came. */
  outcome(): Outcome;
}

/**
 * A reader for the replies of an operation.
 *
 * @param choices how many answers were asked for
 */
export function createReplyReader(operation: Operation, choices = 1): ReplyReader {
  if (operation === 'chat') return new ChatReply(choices);
  return operation === 'responses' ? new ResponsesReply() : new EmbeddingsReply();
}
