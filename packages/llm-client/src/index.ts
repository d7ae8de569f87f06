export { createMemoryCache, type MemoryCacheOptions } from './cache/memory-cache.ts';
export type { ResponseCache } from './cache/response-cache.ts';
export type { Clock } from './call/clock.ts';
export type { OwnEvent } from './call/record-own.ts';
export type { Replay, ReplayOptions } from './cassette/replay-options.ts';
export type { CallOptions, ChatMessageParam, ChatParameters, ChatRequest } from './chat-request.ts';
export type { ChatChoice, ChatResult, ReplyContent, ReplyResult, TokenUsage } from './chat-result.ts';
export { ChatStream, type DeltaPart, type EndPart, type StreamPart } from './chat-stream.ts';
export { type ClientDefaults, createLLMClient, type LLMClient, type LLMClientOptions } from './client.ts';
export { contentFromFile } from './content/content-from-file.ts';
export type { EmbeddingsRequest } from './embeddings/embeddings-request.ts';
export type { EmbeddingsResult } from './embeddings/embeddings-result.ts';
export { AttemptTimeoutError } from './errors/attempt-timeout-error.ts';
export { BudgetExceededError, type Shortage } from './errors/budget-exceeded-error.ts';
export { CallTimeoutError } from './errors/call-timeout-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
export { type Divergence, DivergenceError } from './errors/divergence-error.ts';
export { EmptyCassetteError } from './errors/empty-cassette-error.ts';
export { InvalidHistoryError } from './errors/invalid-history-error.ts';
export { LLMClientError } from './errors/llm-client-error.ts';
export { MalformedReplyError } from './errors/malformed-reply-error.ts';
export { MissingBaseURLError } from './errors/missing-base-url-error.ts';
export { MissingKeyError } from './errors/missing-key-error.ts';
export { NoContentError } from './errors/no-content-error.ts';
export { ProviderError } from './errors/provider-error.ts';
export type { ProviderErrorCode } from './errors/provider-error-code.ts';
export { RecordedError } from './errors/recorded-error.ts';
export { ReplayMissError } from './errors/replay-miss-error.ts';
export { StreamLeftError } from './errors/stream-left-error.ts';
export { TruncatedReplyError } from './errors/truncated-reply-error.ts';
export { UnboundedCallError } from './errors/unbounded-call-error.ts';
export { UnknownProviderError } from './errors/unknown-provider-error.ts';
export { UnpricedModelError } from './errors/unpriced-model-error.ts';
export { UnsupportedOperationError } from './errors/unsupported-operation-error.ts';
export { UnsupportedSchemaError } from './errors/unsupported-schema-error.ts';
export type { AttemptOutcome, AttemptPlan, Gate, Pass } from './gate/gate.ts';
export type { HistoryDialect, HistoryRule, ToolCallIdForm, Verdict } from './history/dialect.ts';
export type { HistoryFinding } from './history/finding.ts';
export type { HistoryMode } from './history/history-mode.ts';
export { type RepairedHistory, repairHistory } from './history/repair-history.ts';
export { validateHistory } from './history/validate-history.ts';
export { attemptTokens, estimatedAttemptTokens } from './limits/attempt-tokens.ts';
export { createLimiter, type Limiter, type LimiterOptions, type LimiterState } from './limits/limiter.ts';
export type { Amount, Unit } from './money/account.ts';
export { type Budget, type BudgetOptions, createBudget } from './money/budget.ts';
export { chargeFor } from './money/charge-for.ts';
export { type CostConditions, costUsd } from './money/cost-usd.ts';
export type { ListedPrice, ModelPrice, PricePeriod, Rates } from './money/model-price.ts';
export type { Prices } from './money/price-book.ts';
export type { PriceName } from './money/price-names.ts';
export { priceTable } from './money/price-table.ts';
export { type WorstCase, worstCase } from './money/worst-case.ts';
export type { DeepPartial } from './object/deep-partial.ts';
export type { ObjectMode, ObjectRequest } from './object/object-request.ts';
export type {
  ObjectFailure,
  ObjectFailureReason,
  ObjectResult,
  ObjectSuccess,
} from './object/object-result.ts';
export { ObjectStream } from './object/object-stream.ts';
export type { InputOf, OutputOf, StandardSchema } from './object/standard-schema.ts';
export type { Issue } from './object/validate.ts';
export { type AzureLocation, azureBaseURL } from './providers/azure-base-url.ts';
export type { Capabilities, Provider, Quirks, WireBody } from './providers/provider.ts';
export { type ProviderTable, providers } from './providers/providers.ts';
export { type ProviderOptions, registerProvider } from './providers/register-provider.ts';
export {
  type ModelLookup,
  type OwnServer,
  type ResolvedModel,
  resolveModel,
} from './providers/resolve-model.ts';
export type { ResponsesRequest } from './responses/responses-request.ts';
export type { ResponsesResult } from './responses/responses-result.ts';
export { ResponsesStream, type ResponsesStreamPart } from './responses/responses-stream.ts';
export type { RecordedRun } from './resume/recorded-run.ts';
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
export type { TransportOptions } from './transport/transport-options.ts';
export { estimateTokens, type Tokenizer } from './usage/estimate-tokens.ts';
