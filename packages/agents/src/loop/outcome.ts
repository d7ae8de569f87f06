import type { ChatResult } from '@pd/llm-client';
import type { StopReason } from './stop-reason.ts';

/** How a reply without tool calls ended. */
export function outcomeOf({ refusal, finishReason, text, message }: ChatResult): StopReason {
  if (refusal !== undefined && refusal !== '') return 'refusal';
  if (finishReason === 'content-filter') return 'content_filter';
  if (finishReason === 'length') return 'length';
  const isSpoken = message.audio !== undefined && message.audio !== null;
  return text.trim() === '' && !isSpoken ? 'empty' : 'done';
}
