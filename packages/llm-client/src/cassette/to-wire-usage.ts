import type { WireUsage } from '@pd/call-log/openai-wire';
import type { Usage } from '@pd/call-log/schema';

/** Recorded tokens as a provider counts them. @param cost in US dollars, as it was then */
export function toWireUsage(usage: Usage, cost: number | undefined): WireUsage {
  const { input_tokens, output_tokens, reasoning_output_tokens } = usage;
  const { cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  return {
    ...(input_tokens !== undefined && { prompt_tokens: input_tokens }),
    ...(output_tokens !== undefined && { completion_tokens: output_tokens }),
    ...((read !== undefined || written !== undefined) && {
      prompt_tokens_details: {
        ...(read !== undefined && { cached_tokens: read }),
        ...(written !== undefined && { cache_write_tokens: written }),
      },
    }),
    ...(reasoning_output_tokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: reasoning_output_tokens },
    }),
    // Prices may have changed since; what was paid has not.
    ...(cost !== undefined && { cost }),
  };
}
