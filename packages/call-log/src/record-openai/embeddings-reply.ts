import { embeddingsShape } from '../openai-wire/embeddings.ts';
import { toProviderError } from '../openai-wire/provider-error.ts';
import type { WireUsage } from '../openai-wire/shapes.ts';
import { toUsage } from '../openai-wire/usage.ts';
import type { Outcome, ReplyReader } from './reply-reader.ts';

interface WireEmbeddings {
  model?: unknown;
  data?: unknown;
  usage?: WireUsage | null;
  error?: unknown;
}

/** Reads the reply to a request for embeddings; of the vectors, only how many and how long they are. */
export class EmbeddingsReply implements ReplyReader {
  readonly finished = false;
  #reply: WireEmbeddings = {};

  push(value: WireEmbeddings): string {
    this.#reply = value;
    return '';
  }

  outcome(): Outcome {
    const { model, data, usage, error } = this.#reply;
    const embeddings = embeddingsShape(data);
    const reply = {
      ...(typeof model === 'string' && { model }),
      ...(embeddings !== undefined && { embeddings }),
    };
    const shared = { reply, usage: toUsage(usage) };
    if (error) return { ...shared, status: 'error', error: toProviderError(error) };
    return { ...shared, status: Array.isArray(data) ? 'ok' : 'truncated' };
  }
}
