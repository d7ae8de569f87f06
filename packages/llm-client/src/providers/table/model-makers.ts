import { dialects } from '../../history/dialects.ts';
import { usual } from '../capabilities.ts';
import type { Provider } from '../provider.ts';
import { apiKeyHeader, usageByApiVersion } from '../quirks/azure.ts';
import { deltasOnly } from '../quirks/perplexity.ts';
import { withoutReasoning } from '../quirks/without-reasoning.ts';

const readAt = '2026-11-22';

/** Those who serve their own models. */
export const modelMakers = {
  openai: {
    baseURL: 'https://api.openai.com/v1',
    keyVariables: ['OPENAI_API_KEY'],
    // `max_tokens` is refused by the reasoning models.
    capabilities: { ...usual, maxTokens: 'max_completion_tokens', responses: true },
    history: dialects.openai,
    source: 'https://platform.openai.com/docs/api-reference/chat',
    readAt,
    tried: 'read',
  },
  /** Each resource has a URL of its own: see `azureBaseURL`. The model's name is that of the deployment. */
  azure: {
    keyVariables: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
    capabilities: { ...usual, maxTokens: 'max_completion_tokens', responses: true },
    history: dialects.azure,
    quirks: { keyHeaders: apiKeyHeader, streamUsage: usageByApiVersion },
    source: 'https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle',
    readAt,
    tried: 'recorded',
  },
  /** A layer for trying things out, as its page says: `response_format`, `strict`, `seed` and `logprobs` are ignored. */
  anthropic: {
    baseURL: 'https://api.anthropic.com/v1',
    keyVariables: ['ANTHROPIC_API_KEY'],
    capabilities: { ...usual, structuredOutput: 'tool', seed: false, logprobs: false, embeddings: false },
    history: dialects.anthropic,
    source: 'https://platform.claude.com/docs/en/api/openai-sdk',
    readAt,
    tried: 'recorded',
  },
  /** Numbers all tool calls of a stream 0; the assembly tells them apart (omnigent#28). */
  gemini: {
    baseURL: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    capabilities: { ...usual, logprobs: false },
    history: dialects.gemini,
    source: 'https://ai.google.dev/gemini-api/docs/openai',
    readAt,
    tried: 'read',
  },
  /**
   * Refuses parameters it does not know, `stream_options` (dnakov/anon-kode#53) and `max_completion_tokens`
   * (editor-code-assistant/eca#231) among them, and sends usage at the end of every stream. Content of reasoning models
   * comes in parts; its seed is called `random_seed`.
   */
  mistral: {
    baseURL: 'https://api.mistral.ai/v1',
    keyVariables: ['MISTRAL_API_KEY'],
    capabilities: {
      ...usual,
      streamUsage: 'always',
      seed: false,
      logprobs: false,
      reasoningField: 'reasoning_content',
    },
    history: dialects.mistral,
    quirks: { request: [withoutReasoning] },
    source: 'https://docs.mistral.ai/api',
    readAt,
    tried: 'recorded',
  },
  /** Wants the `reasoning_content` of a reply with tool calls back ("must be passed back to the API"), so it stays. */
  deepseek: {
    baseURL: 'https://api.deepseek.com/v1',
    keyVariables: ['DEEPSEEK_API_KEY'],
    capabilities: {
      ...usual,
      structuredOutput: 'tool',
      parallelToolCalls: false,
      seed: false,
      embeddings: false,
      reasoningField: 'reasoning_content',
    },
    history: dialects.deepseek,
    source: 'https://api-docs.deepseek.com/guides/thinking_mode',
    readAt,
    tried: 'recorded',
  },
  /** Counts reasoning tokens beside the completion's; the log's `toUsage` adds them. */
  xai: {
    baseURL: 'https://api.x.ai/v1',
    keyVariables: ['XAI_API_KEY'],
    capabilities: { ...usual, embeddings: false, responses: true, reasoningField: 'reasoning_content' },
    history: dialects.xai,
    source: 'https://docs.x.ai/docs/api-reference',
    readAt,
    tried: 'recorded',
  },
  /** Usage is in every chunk of a stream, the last one counts. */
  perplexity: {
    baseURL: 'https://api.perplexity.ai',
    keyVariables: ['PERPLEXITY_API_KEY', 'PPLX_API_KEY'],
    capabilities: {
      ...usual,
      streamUsage: 'always',
      tools: false,
      parallelToolCalls: false,
      seed: false,
      logprobs: false,
      embeddings: false,
    },
    history: dialects.perplexity,
    quirks: { chunk: deltasOnly },
    source: 'https://docs.perplexity.ai/guides/chat-completions-guide',
    readAt,
    tried: 'read',
  },
} as const satisfies Record<string, Provider>;
