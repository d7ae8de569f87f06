export { InvalidScenarioError } from './errors/invalid-scenario-error.ts';
export { ScenarioError } from './errors/scenario-error.ts';
export { type ExchangeOptions, runExchange, streamExchange } from './exchange.ts';
export {
  createMessageFaults,
  type MessageFaults,
  type MessageFaultsOptions,
} from './faults/create-message-faults.ts';
export type { MessageFate, MessagePlace } from './faults/message-fate.ts';
export { type Envelope, MessageLedger } from './message-ledger.ts';
export { type PlayConversationOptions, playConversation, runConversation } from './play-conversation.ts';
export {
  createProgressWatch,
  type ProgressWatch,
  type ProgressWatchOptions,
} from './progress/create-progress-watch.ts';
export type { LoopReason, ProgressVerdict } from './progress/progress-verdict.ts';
export type { ToolRunRecord, TurnRecord } from './progress/turn-record.ts';
export type { ScenarioEvent, ScenarioOutcome, ScenarioRun, StopReason } from './scenario-event.ts';
export { costUsd } from './stop/cost-usd.ts';
export { type ExternalStop, external } from './stop/external.ts';
export { from } from './stop/from.ts';
export { handoffTo } from './stop/handoff-to.ts';
export { maxMessages } from './stop/max-messages.ts';
export { maxTurns } from './stop/max-turns.ts';
export type { Moment } from './stop/moment.ts';
export { predicate } from './stop/predicate.ts';
export type { StopCondition, StopOptions, StopState } from './stop/stop-condition.ts';
export type { StopCause, StopCauseReason, StopVerdict } from './stop/stop-verdict.ts';
export { textMention } from './stop/text-mention.ts';
export { timeout } from './stop/timeout.ts';
export { type TokenLimits, tokenUsage } from './stop/token-usage.ts';
