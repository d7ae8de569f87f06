import { ChatAssembly, type ChunkDelta, type WireCompletion } from '@pd/call-log/openai-wire';
import { type CallSummary, type ChatResult, type ReplyResult, toChatResult } from '../chat-result.ts';
import type { DeltaPart } from '../chat-stream.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import { type Assembly, type Count, receivedOf } from './assembly.ts';
import type { Received } from './attempts.ts';

/** What has come of one attempt's stream. */
export abstract class StreamedReply<Chunk, Part, Result extends ReplyResult> {
  readonly #assembly: Assembly<Chunk>;
  /** How the text arrived. */
  readonly #chunks = { ends: [] as number[], at_ms: [] as number[] };
  #firstChunkMs: number | undefined;
  #textLength = 0;

  constructor(assembly: Assembly<Chunk>) {
    this.#assembly = assembly;
  }

  /** Whether something of it has been handed out. */
  get visible(): boolean {
    return this.#firstChunkMs !== undefined;
  }

  /** @param elapsedMs since the call began */
  take(chunk: Chunk, elapsedMs: number): { text: string; parts: Part[] } {
    const delta = this.#assembly.push(chunk);
    if (delta.text !== '') {
      this.#textLength += delta.text.length;
      this.#chunks.ends.push(this.#textLength);
      this.#chunks.at_ms.push(Math.round(elapsedMs));
    }
    const { parts, visible } = this.toParts(chunk, toDeltaParts(delta));
    if (visible) this.#firstChunkMs ??= elapsedMs;
    return { text: delta.text, parts };
  }

  received(): Received {
    return {
      ...receivedOf(this.#assembly),
      reportedUsd: this.#assembly.costUsd,
      serviceTier: this.#assembly.serviceTier,
      ...(this.#firstChunkMs !== undefined && { timeToFirstChunkMs: this.#firstChunkMs }),
      ...(this.#chunks.ends.length > 0 && { chunks: this.#chunks }),
    };
  }

  /** @throws {TruncatedReplyError} when it has not come to its end */
  assertWhole(record: CallSummary, count: Count): void {
    if (!this.#assembly.complete)
      throw new TruncatedReplyError(this.toResult(record, count(this.received())));
  }

  abstract toResult(record: CallSummary, received: Received): Result;

  /** What is handed out for a chunk, and whether that is part of the reply. */
  protected abstract toParts(chunk: Chunk, deltas: DeltaPart[]): { parts: Part[]; visible: boolean };
}

/** What has come of a streamed chat completion. */
export class StreamedChat extends StreamedReply<WireCompletion, DeltaPart, ChatResult> {
  /** @param choices how many were asked for */
  constructor(choices: number) {
    super(new ChatAssembly(choices));
  }

  override toResult(record: CallSummary, received: Received): ChatResult {
    return toChatResult(record, received);
  }

  protected override toParts(_chunk: WireCompletion, parts: DeltaPart[]) {
    return { parts, visible: parts.length > 0 };
  }
}

function toDeltaParts({ text, reasoning, toolCalls }: ChunkDelta): DeltaPart[] {
  const parts: DeltaPart[] = [];
  if (reasoning !== '') parts.push({ type: 'reasoning-delta', text: reasoning });
  if (text !== '') parts.push({ type: 'text-delta', text });
  for (const delta of toolCalls) parts.push({ type: 'tool-call-delta', ...delta });
  return parts;
}
