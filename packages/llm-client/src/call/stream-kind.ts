import type { CallNode, Reply } from '@pd/call-log/schema';
import type { BackendRequest } from '../backend/backend.ts';
import type { ReplyResult } from '../chat-result.ts';
import type { EndPart } from '../chat-stream.ts';
import type { StreamedReply } from './streamed-reply.ts';

/** What a kind of stream asks, and what it makes of the answer. */
export interface StreamKind<Chunk, Part, Result extends ReplyResult> {
  open(request: BackendRequest): Promise<AsyncIterable<Chunk>>;
  /** For each attempt a new one. */
  createReply(): StreamedReply<Chunk, Part, Result>;
  /** A whole reply that was kept, as it could have come. */
  toChunks(reply: Reply): Iterable<Chunk>;
  /** What was handed out of a reply that is on record. */
  recorded(call: CallNode): Iterable<Part>;
}

/** Where the parts of a stream come from. */
export interface StreamSource<Part, Result> {
  readonly callId: string;
  /** Settled when the call is over. */
  readonly result: Promise<Result>;
  next(): Promise<IteratorResult<Part | EndPart, undefined>>;
  /** The reader has left. */
  leave(): Promise<IteratorResult<Part | EndPart, undefined>>;
}
