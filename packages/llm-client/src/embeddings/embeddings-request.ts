import type OpenAI from 'openai';
import type { CallOptions } from '../chat-request.ts';

/**
 * Texts to turn into vectors. All of `input` is one request: how many a provider takes at once is its own business
 * (OpenAI: 2,048).
 *
 * @see https://platform.openai.com/docs/api-reference/embeddings/create
 */
export interface EmbeddingsRequest
  extends Omit<OpenAI.Embeddings.EmbeddingCreateParams, 'model'>,
    CallOptions {
  /** `provider/model`, or a model of the default provider. Default: the client's. */
  model?: string;
  /** Parameters that OpenAI does not have and the provider at hand does; sent as they are. */
  extra?: Record<string, unknown>;
}
