import type { Capabilities } from './provider.ts';

/**
 * What most compatible servers can do; each entry says in what it differs. From memory, not checked: of a provider only what its
 * entry says otherwise was read somewhere, and not on the page of its `source` alone.
 */
export const usual: Capabilities = {
  streamUsage: 'on-request',
  structuredOutput: 'native',
  tools: true,
  parallelToolCalls: true,
  maxTokens: 'max_tokens',
  seed: true,
  logprobs: true,
  embeddings: true,
  responses: false,
  finishReason: true,
};
