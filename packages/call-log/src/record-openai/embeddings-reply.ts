import type { WireUsage } from '../openai-wire/shapes.ts';
import { toUsage } from '../openai-wire/usage.ts';
import { toProviderError } from './provider-error.ts';
import type { Outcome, ReplyReader } from './reply-reader.ts';

interface WireEmbeddings {
  model?: unknown;
  data?: unknown;
  usage?: WireUsage | null;
  error?: unknown;
}

/** Reads the reply to a request for embeddings; the vectors themselves are not kept. */
export class EmbeddingsReply implements ReplyReader {
  readonly finished = false;
  #reply: WireEmbeddings = {};

  push(value: WireEmbeddings): string {
    this.#reply = value;
    return '';
  }

  outcome(): Outcome {
    const { model, data, usage, error } = this.#reply;
    const shared = { reply: typeof model === 'string' ? { model } : {}, usage: toUsage(usage) };
    if (error) return { ...shared, status: 'error', error: toProviderError(error) };
    return { ...shared, status: Array.isArray(data) ? 'ok' : 'truncated' };
  }
}
