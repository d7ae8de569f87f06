export { InvalidScenarioError } from './errors/invalid-scenario-error.ts';
export { ScenarioError } from './errors/scenario-error.ts';
export { type ExchangeOptions, runExchange, streamExchange } from './exchange.ts';
export { type Envelope, MessageLedger } from './message-ledger.ts';
export { type PlayConversationOptions, playConversation, runConversation } from './play-conversation.ts';
export type { ScenarioEvent, ScenarioOutcome, ScenarioRun, StopReason } from './scenario-event.ts';
