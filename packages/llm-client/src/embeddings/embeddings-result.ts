import type { Received } from '../call/attempts.ts';
import { type CallSummary, type ReplyResult, toChatResult } from '../chat-result.ts';

/** The vectors of a request's texts. */
export interface EmbeddingsResult
  extends Pick<ReplyResult, 'callId' | 'usage' | 'model' | 'durationMs' | 'costUsd' | 'attempts'> {
  /** One vector for each text, in the order of the texts. On record are their number and length, with `recordVectors` also the vectors. */
  embeddings: number[][];
}

export function toEmbeddingsResult(
  record: CallSummary,
  received: Received,
  embeddings: number[][],
): EmbeddingsResult {
  const { callId, usage, model, durationMs, costUsd, attempts } = toChatResult(record, received);
  return { callId, embeddings, usage, model, durationMs, costUsd, attempts };
}
