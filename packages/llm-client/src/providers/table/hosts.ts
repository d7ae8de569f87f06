import { dialects } from '../../history/dialects.ts';
import { usual } from '../capabilities.ts';
import type { Provider } from '../provider.ts';
import { withoutReasoning } from '../quirks/without-reasoning.ts';

const readAt = '2026-11-22';

/** Those who serve models of others. */
export const hosts = {
  /** Sends the usage of a stream in `x_groq`, too. */
  groq: {
    baseURL: 'https://api.groq.com/openai/v1',
    keyVariables: ['GROQ_API_KEY'],
    capabilities: {
      ...usual,
      logprobs: false,
      embeddings: false,
      responses: true,
      maxTokens: 'max_completion_tokens',
      reasoningField: 'reasoning',
    },
    history: dialects.groq,
    quirks: { request: [withoutReasoning] },
    source: 'https://console.groq.com/docs/openai',
    readAt,
    tried: 'recorded',
  },
  /** Sends comments while it waits, and errors as chunks or in a body with status 200. */
  openrouter: {
    baseURL: 'https://openrouter.ai/api/v1',
    keyVariables: ['OPENROUTER_API_KEY'],
    capabilities: { ...usual, responses: true, reasoningField: 'reasoning' },
    history: dialects.openrouter,
    source: 'https://openrouter.ai/docs/api/reference/errors-and-debugging',
    readAt,
    tried: 'read',
  },
  together: {
    baseURL: 'https://api.together.ai/v1',
    keyVariables: ['TOGETHER_API_KEY', 'TOGETHERAI_API_KEY'],
    capabilities: { ...usual, parallelToolCalls: false, reasoningField: 'reasoning' },
    history: dialects.together,
    source: 'https://docs.together.ai/docs/inference/openai-compatibility',
    readAt,
    tried: 'read',
  },
  /** Sends the usage of a stream unasked, in the chunk with the finish reason. */
  fireworks: {
    baseURL: 'https://api.fireworks.ai/inference/v1',
    keyVariables: ['FIREWORKS_API_KEY', 'FIREWORKS_AI_API_KEY'],
    capabilities: {
      ...usual,
      streamUsage: 'always',
      parallelToolCalls: false,
      responses: true,
      reasoningField: 'reasoning_content',
    },
    history: dialects.fireworks,
    source: 'https://docs.fireworks.ai/tools-sdks/openai-compatibility',
    readAt,
    tried: 'read',
  },
  /**
   * `parallel_tool_calls`, `frequency_penalty`, `presence_penalty`, `logit_bias` and `service_tier` have been answered with a 400.
   * @see https://hexdocs.pm/req_llm/cerebras.html (read 2026-11-22)
   */
  cerebras: {
    baseURL: 'https://api.cerebras.ai/v1',
    keyVariables: ['CEREBRAS_API_KEY'],
    capabilities: {
      ...usual,
      parallelToolCalls: false,
      embeddings: false,
      maxTokens: 'max_completion_tokens',
      reasoningField: 'reasoning',
    },
    history: dialects.cerebras,
    quirks: { request: [withoutReasoning] },
    source: 'https://inference-docs.cerebras.ai/resources/openai',
    readAt,
    tried: 'read',
  },
} as const satisfies Record<string, Provider>;
