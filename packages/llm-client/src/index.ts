export type { Clock } from './call/clock.ts';
export type { CallOptions, ChatMessageParam, ChatParameters, ChatRequest } from './chat-request.ts';
export type { ChatChoice, ChatResult, ReplyContent, ReplyResult, TokenUsage } from './chat-result.ts';
export { ChatStream, type DeltaPart, type EndPart, type StreamPart } from './chat-stream.ts';
export { createLLMClient, type LLMClient, type LLMClientOptions } from './client.ts';
export { contentFromFile } from './content/content-from-file.ts';
export type { EmbeddingsRequest } from './embeddings/embeddings-request.ts';
export type { EmbeddingsResult } from './embeddings/embeddings-result.ts';
export { AttemptTimeoutError } from './errors/attempt-timeout-error.ts';
export { CallTimeoutError } from './errors/call-timeout-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
export { LLMClientError } from './errors/llm-client-error.ts';
export { MalformedReplyError } from './errors/malformed-reply-error.ts';
export { MissingKeyError } from './errors/missing-key-error.ts';
export { ProviderError } from './errors/provider-error.ts';
export type { ProviderErrorCode } from './errors/provider-error-code.ts';
export { ReplayMissError } from './errors/replay-miss-error.ts';
export { StreamLeftError } from './errors/stream-left-error.ts';
export { TruncatedReplyError } from './errors/truncated-reply-error.ts';
export { UnknownProviderError } from './errors/unknown-provider-error.ts';
export { UnsupportedOperationError } from './errors/unsupported-operation-error.ts';
export { UnsupportedSchemaError } from './errors/unsupported-schema-error.ts';
export type { AttemptOutcome, AttemptPlan, Gate, Pass } from './gate/gate.ts';
export type { ObjectMode, ObjectRequest } from './object/object-request.ts';
export type {
  ObjectFailure,
  ObjectFailureReason,
  ObjectResult,
  ObjectSuccess,
} from './object/object-result.ts';
export type { OutputOf, StandardSchema } from './object/standard-schema.ts';
export type { Issue } from './object/validate.ts';
export { type Provider, providers } from './providers/providers.ts';
export { type OwnServer, type ResolvedModel, resolveModel } from './providers/resolve-model.ts';
export type { ResponsesRequest } from './responses/responses-request.ts';
export type { ResponsesResult } from './responses/responses-result.ts';
export { ResponsesStream, type ResponsesStreamPart } from './responses/responses-stream.ts';
export type { RetryOptions } from './retry/retry-options.ts';
export type { Deployment, DeploymentOptions } from './routing/deployment.ts';
export type { Fallback, FallbackCondition } from './routing/fallback.ts';
export {
  defineTool,
  type Execute,
  type Tool,
  type ToolContext,
  type ToolOptions,
} from './tools/define-tool.ts';
export {
  type BadToolCall,
  type GoodToolCall,
  type ParsedToolCall,
  parseToolCalls,
} from './tools/parse-tool-calls.ts';
export type { ToolCall } from './tools/tool-call.ts';
export { toolResult } from './tools/tool-result.ts';
