import { type FinishReason, toFinishReason } from '../openai-wire/finish-reason.ts';

/** Other words for the reasons, as other providers and the conventions have them. */
const others: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['completed', 'stop'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['tool_call', 'tool-calls'],
  ['tool_use', 'tool-calls'],
  ['safety', 'content-filter'],
]);

/** The finish reason of a span in the common vocabulary, and as it stands there. */
export function finishReason(
  raw: string | undefined,
): { finish_reason: FinishReason; finish_reason_raw: string } | undefined {
  if (raw === undefined) return undefined;
  const word = raw.toLowerCase().replaceAll('-', '_');
  return { finish_reason: others.get(word) ?? toFinishReason(word), finish_reason_raw: raw };
}
