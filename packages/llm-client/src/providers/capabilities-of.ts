import type { Deployment } from '../routing/deployment.ts';

/** What this package asks of an endpoint before it sends anything there. */
export interface EndpointCapabilities {
  /** How to get JSON after a schema: `response_format`, a tool that is forced, or asking for it in the prompt. */
  structuredOutput: 'native' | 'tool' | 'prompt';
  tools: boolean;
  embeddings: boolean;
  /** OpenAI's Responses API. */
  responses: boolean;
}

/** A deployment whose entry in the provider table says what it can do. */
interface WithEntry {
  entry?: { capabilities?: Partial<EndpointCapabilities> };
}

const usual: EndpointCapabilities = {
  structuredOutput: 'native',
  tools: true,
  embeddings: true,
  responses: false,
};

/**
 * Where a provider differs from the usual and its entry in the table says nothing. From their pages, read 2026-11-22:
 *
 * @see https://platform.claude.com/docs/en/api/openai-sdk (`response_format` is ignored)
 * @see https://api-docs.deepseek.com/guides/json_mode (JSON, but not after a schema)
 * @see https://docs.x.ai/docs/api-reference
 * @see https://console.groq.com/docs/responses-api
 */
const known: Readonly<Record<string, Partial<EndpointCapabilities>>> = {
  openai: { responses: true },
  azure: { responses: true },
  anthropic: { structuredOutput: 'tool', embeddings: false },
  deepseek: { structuredOutput: 'tool', embeddings: false },
  groq: { responses: true, embeddings: false },
  xai: { responses: true, embeddings: false },
};

/** A server of one's own may have anything: it is asked. */
const unknown: Partial<EndpointCapabilities> = { responses: true };

/** What can be asked of a deployment: what its entry in the table says, else what is known of its provider. */
export function capabilitiesOf(deployment: Deployment & WithEntry): EndpointCapabilities {
  const { provider, keyless, entry } = deployment;
  const fallback = known[provider] ?? (keyless ? unknown : {});
  return { ...usual, ...fallback, ...entry?.capabilities };
}
