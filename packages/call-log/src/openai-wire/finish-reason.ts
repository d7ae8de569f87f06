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

/** A provider's finish reason in the common vocabulary; one that is not in it is `other`. */
export function toFinishReason(raw: string): FinishReason {
  return reasons.get(raw) ?? 'other';
}
