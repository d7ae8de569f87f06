/** What is known of the OpenAI wire format; pure. */
export { ChatAssembly, type ChunkDelta } from './openai-wire/chat-assembly.ts';
export { type FinishReason, toFinishReason } from './openai-wire/finish-reason.ts';
export { retryAfterMs } from './openai-wire/retry-after.ts';
export type {
  WireChoice,
  WireCompletion,
  WireMessage,
  WireToolCall,
  WireUsage,
} from './openai-wire/shapes.ts';
export type { ToolCallDelta } from './openai-wire/tool-call-assembly.ts';
export { toUsage } from './openai-wire/usage.ts';
