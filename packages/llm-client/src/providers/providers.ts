/** Where a provider's OpenAI-compatible endpoint is and what its key is called. */
export interface Provider {
  baseURL: string;
  /** The environment variable that holds the key by convention. */
  keyVariable: string;
  /** Servers of one's own answer without a key. */
  keyless?: true;
  /** Page the entry was read from. */
  source: string;
}

/**
 * Providers with an OpenAI-compatible endpoint. Read from their documentation in November 2026, not tried
 * against the live services.
 */
export const providers: ReadonlyMap<string, Provider> = new Map<string, Provider>([
  [
    'openai',
    entry('https://api.openai.com/v1', 'OPENAI_API_KEY', 'https://platform.openai.com/docs/api-reference'),
  ],
  [
    'anthropic',
    entry(
      'https://api.anthropic.com/v1',
      'ANTHROPIC_API_KEY',
      'https://docs.anthropic.com/en/api/openai-sdk',
    ),
  ],
  [
    'gemini',
    entry(
      'https://generativelanguage.googleapis.com/v1beta/openai',
      'GEMINI_API_KEY',
      'https://ai.google.dev/gemini-api/docs/openai',
    ),
  ],
  ['mistral', entry('https://api.mistral.ai/v1', 'MISTRAL_API_KEY', 'https://docs.mistral.ai/api')],
  ['groq', entry('https://api.groq.com/openai/v1', 'GROQ_API_KEY', 'https://console.groq.com/docs/openai')],
  ['deepseek', entry('https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY', 'https://api-docs.deepseek.com')],
  ['xai', entry('https://api.x.ai/v1', 'XAI_API_KEY', 'https://docs.x.ai/docs/api-reference')],
  ['openrouter', entry('https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', 'https://openrouter.ai/docs')],
  [
    'together',
    entry(
      'https://api.together.xyz/v1',
      'TOGETHER_API_KEY',
      'https://docs.together.ai/docs/openai-api-compatibility',
    ),
  ],
  ['ollama', own('http://127.0.0.1:11434/v1', 'OLLAMA_API_KEY', 'https://docs.ollama.com/openai')],
  ['lmstudio', own('http://127.0.0.1:1234/v1', 'LMSTUDIO_API_KEY', 'https://lmstudio.ai/docs/app/api')],
  [
    'vllm',
    own(
      'http://127.0.0.1:8000/v1',
      'VLLM_API_KEY',
      'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    ),
  ],
]);

function entry(baseURL: string, keyVariable: string, source: string): Provider {
  return { baseURL, keyVariable, source };
}

function own(baseURL: string, keyVariable: string, source: string): Provider {
  return { baseURL, keyVariable, keyless: true, source };
}
