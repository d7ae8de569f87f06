import type { Capabilities } from '../provider.ts';

/**
 * A key goes into a header of its own; as a bearer token it would be taken for one of Entra ID.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/reference (read 2026-11-22)
 */
export function apiKeyHeader(apiKey: string): Record<string, string | null> {
  return { 'api-key': apiKey, Authorization: null };
}

/**
 * The first version that knows `stream_options` for every model; older ones answer "Unknown parameter: 'stream_options'", some
 * for some models only (2024-08-01-preview was reported to know it).
 */
const FIRST_WITH_STREAM_OPTIONS = '2024-09-01';

/**
 * Dated versions of the API that are too old for it are not asked for usage.
 *
 * @see https://github.com/openai/openai-python/issues/1469 for the error (read 2026-11-22)
 * @see https://learn.microsoft.com/en-us/answers/questions/2007680/why-is-the-token-usage-event-available-in-the-stre for the date,
 *   which Microsoft's staff tried (stored copy, read 2026-11-22)
 */
export function usageByApiVersion(baseURL: string): Capabilities['streamUsage'] | undefined {
  const version = URL.parse(baseURL)?.searchParams.get('api-version') ?? '';
  return /^\d{4}-\d{2}-\d{2}/.test(version) && version < FIRST_WITH_STREAM_OPTIONS ? 'never' : undefined;
}
