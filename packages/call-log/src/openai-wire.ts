/** What is known of the OpenAI wire format; pure. */
export { ChatAssembly, type ChunkDelta } from './openai-wire/chat-assembly.ts';
export { decodeEmbedding, embeddingsShape } from './openai-wire/embeddings.ts';
export { type FinishReason, toFinishReason } from './openai-wire/finish-reason.ts';
export { type AskedFor, readRequest } from './openai-wire/read-request.ts';
export { reportedCostUsd } from './openai-wire/reported-cost.ts';
export {
  ResponsesAssembly,
  type WireResponse,
  type WireResponseEvent,
} from './openai-wire/responses-assembly.ts';
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
