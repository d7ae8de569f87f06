import { dialects } from '../../history/dialects.ts';
import { usual } from '../capabilities.ts';
import type { Provider } from '../provider.ts';

const readAt = '2026-11-22';

/** Servers of one's own. They want no key unless they were told to, and send no usage in streams unless asked. */
export const ownServers = {
  ollama: {
    baseURL: 'http://127.0.0.1:11434/v1',
    keyVariables: ['OLLAMA_API_KEY'],
    keyless: true,
    capabilities: { ...usual, parallelToolCalls: false, responses: true, reasoningField: 'reasoning' },
    history: dialects.ollama,
    source: 'https://docs.ollama.com/api/openai-compatibility',
    readAt,
    tried: 'read',
  },
  vllm: {
    baseURL: 'http://127.0.0.1:8000/v1',
    keyVariables: ['VLLM_API_KEY'],
    keyless: true,
    capabilities: { ...usual, responses: true, reasoningField: 'reasoning_content' },
    history: dialects.vllm,
    source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    readAt,
    tried: 'read',
  },
  lmstudio: {
    baseURL: 'http://127.0.0.1:1234/v1',
    keyVariables: ['LMSTUDIO_API_KEY', 'LM_STUDIO_API_KEY'],
    keyless: true,
    capabilities: {
      ...usual,
      parallelToolCalls: false,
      responses: true,
      reasoningField: 'reasoning_content',
    },
    history: dialects.lmstudio,
    source: 'https://lmstudio.ai/docs/developer/openai-compat',
    readAt,
    tried: 'read',
  },
  /** The proxy; what it can do is up to the models behind it. */
  litellm: {
    baseURL: 'http://127.0.0.1:4000/v1',
    keyVariables: ['LITELLM_API_KEY', 'LITELLM_PROXY_API_KEY'],
    keyless: true,
    capabilities: { ...usual, responses: true, reasoningField: 'reasoning_content' },
    history: dialects.litellm,
    source: 'https://docs.litellm.ai/docs/providers/litellm_proxy',
    readAt,
    tried: 'read',
  },
  /** Any other server; it needs a `baseURL`. Nothing is known of it, so nothing is refused before it is sent. */
  custom: {
    keyVariables: ['OPENAI_API_KEY'],
    keyless: true,
    capabilities: { ...usual, responses: true, reasoningField: 'reasoning_content' },
    history: dialects.custom,
    source: 'https://platform.openai.com/docs/api-reference/chat',
    readAt,
    tried: 'read',
  },
} as const satisfies Record<string, Provider>;
