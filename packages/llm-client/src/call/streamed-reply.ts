import { ChatAssembly, type WireCompletion } from '@pd/call-log/openai-wire';
import type { StreamPart } from '../chat-stream.ts';
import type { Received } from './attempts.ts';

/** What has come of one attempt's stream. */
export class StreamedReply {
  readonly #assembly = new ChatAssembly();
  /** How the text arrived. */
  readonly #chunks = { ends: [] as number[], at_ms: [] as number[] };
  #firstChunkMs: number | undefined;
  #textLength = 0;

  /** Whether it has come to its end. */
  get complete(): boolean {
    return this.#assembly.complete;
  }

  /** Whether something of it has been handed out. */
  get visible(): boolean {
    return this.#firstChunkMs !== undefined;
  }

  /** @param elapsedMs since the call began */
  take(chunk: WireCompletion, elapsedMs: number): StreamPart[] {
    const { text, reasoning, toolCalls } = this.#assembly.push(chunk);
    const parts: StreamPart[] = [];
    if (reasoning !== '') parts.push({ type: 'reasoning-delta', text: reasoning });
    if (text !== '') {
      this.#textLength += text.length;
      this.#chunks.ends.push(this.#textLength);
      this.#chunks.at_ms.push(Math.round(elapsedMs));
      parts.push({ type: 'text-delta', text });
    }
    for (const delta of toolCalls) parts.push({ type: 'tool-call-delta', ...delta });
    if (parts.length > 0) this.#firstChunkMs ??= elapsedMs;
    return parts;
  }

  received(): Received {
    return {
      reply: this.#assembly.reply(),
      usage: this.#assembly.usage,
      reportedUsd: this.#assembly.costUsd,
      serviceTier: this.#assembly.serviceTier,
      ...(this.#firstChunkMs !== undefined && { timeToFirstChunkMs: this.#firstChunkMs }),
      ...(this.#chunks.ends.length > 0 && { chunks: this.#chunks }),
    };
  }
}
