import type OpenAI from 'openai';
import type { Received } from '../call/attempts.ts';
import { type CallSummary, type ReplyResult, toChatResult } from '../chat-result.ts';

/** The answer to a call of the Responses API. Its `id` is what `previous_response_id` takes. */
export interface ResponsesResult extends ReplyResult {
  /** Every item of the output as it came, those of built-in tools too; `message` says the same as a chat message. */
  output: OpenAI.Responses.ResponseOutputItem[];
}

/** A response as the log has it, in the names of this package. */
export function toResponsesResult(record: CallSummary, received: Received): ResponsesResult {
  const { choices: _, logprobs: __, ...result } = toChatResult(record, received);
  const output = received.reply.output ?? [];
  return { ...result, output: output as unknown as ResponsesResult['output'] };
}
