import type { WireBody } from '../provider.ts';

/** Fields of a reply that come back as history when a conversation goes on. */
const FIELDS = ['reasoning_content', 'reasoning', 'reasoning_details'] as const;

/**
 * Leaves the reasoning of earlier replies out of the request. Groq, Cerebras and Mistral answer it with an error
 * ("property 'reasoning_content' is unsupported", "Extra inputs are not permitted"), even when it was theirs.
 *
 * @see https://github.com/janhq/jan/issues/8136 for Groq
 * @see https://github.com/Kilo-Org/kilocode/issues/10375 for Cerebras
 * @see https://github.com/charmbracelet/crush/issues/1590 for Mistral
 */
export function withoutReasoning(body: WireBody): WireBody {
  const { messages } = body;
  if (!Array.isArray(messages) || !messages.some(hasReasoning)) return body;
  return { ...body, messages: messages.map((message) => (hasReasoning(message) ? strip(message) : message)) };
}

function hasReasoning(message: unknown): message is object {
  return typeof message === 'object' && message !== null && FIELDS.some((field) => field in message);
}

function strip(message: object): object {
  return Object.fromEntries(
    Object.entries(message).filter(([field]) => !(FIELDS as readonly string[]).includes(field)),
  );
}
