import { LLMClientError } from '../errors/llm-client-error.ts';
import type { DeploymentOptions } from './deployment.ts';

/** Failures where the fault is not in the request, or in its length or content only. */
const DEFAULT = [
  'rate_limit',
  'server_error',
  'provider_error',
  'connection',
  'timeout',
  'truncated',
  'malformed_reply',
  'context_length',
  'content_filter',
] as const;

/** The failures after which another model may help; each is the `code` of an error of this package. */
export const fallbackConditions = [
  ...DEFAULT,
  'not_found',
  'authentication',
  'permission',
  'bad_request',
  'budget_exceeded',
  'unpriced_model',
  'unbounded_call',
] as const;
export type FallbackCondition = (typeof fallbackConditions)[number];

/** A model to ask when the ones before it could not answer. */
export interface Fallback extends DeploymentOptions {
  /** `provider/model`; with `baseURL`, that server's own name for it. */
  model: string;
  /**
   * After which failures. Default: rate limit, server error, connection, timeout, a reply that breaks off or is none,
   * context too long, content filter (also when it held back a reply with status 200).
   */
  on?: readonly FallbackCondition[];
  /** Several keys or servers for this model, tried in turn. */
  deployments?: readonly DeploymentOptions[];
}

/** Whether this model is to be asked after that failure. */
export function helpsAfter({ on = DEFAULT }: Fallback, failure: unknown): boolean {
  return LLMClientError.isInstance(failure) && (on as readonly string[]).includes(failure.code);
}
