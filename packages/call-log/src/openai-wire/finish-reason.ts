/** Why a model stopped, in one vocabulary. */
export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other';

const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content_filter', 'content-filter'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['error', 'error'],
]);

/**
 * Gemini's OpenAI-compatible endpoint passes its own words on when it holds a reply back, alone (HKUDS/Vibe-Trading#308) or
 * behind `content_filter: `. Read 2026-11-22.
 *
 * @see https://ai.google.dev/api/generate-content#FinishReason
 */
const HELD_BACK =
  /^(?:content_filter: .*|SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_(?:SAFETY|PROHIBITED_CONTENT|RECITATION))$/;

/** A provider's finish reason in the common vocabulary; one that is not in it is `other`. */
export function toFinishReason(raw: string): FinishReason {
  return reasons.get(raw) ?? (HELD_BACK.test(raw) ? 'content-filter' : 'other');
}
