import type OpenAI from 'openai';
import type { CallOptions } from '../chat-request.ts';

type Wire = OpenAI.Responses.ResponseCreateParams;

/**
 * A response of the Responses API to ask for, with the parameters that API has, built-in tools and
 * `previous_response_id` among them; sent as they are.
 */
export interface ResponsesRequest extends Omit<Wire, 'model' | 'stream' | 'metadata'>, CallOptions {
  /** `provider/model`, or a model of the default provider. Default: the client's. */
  model?: string;
  /** Parameters that OpenAI's types do not have, and its own `metadata`; sent as they are. */
  extra?: Record<string, unknown>;
}
