export { type AgentRunner, localRunner, type RunnerOptions } from './agent-runner.ts';
export {
  type PlayConversationOptions,
  playConversation,
  runConversation,
} from './conversation/play-conversation.ts';
export { Coordinator, type CoordinatorOptions } from './coordinator/coordinator.ts';
export type { CoordinatorEvent, FailureAction } from './coordinator/coordinator-event.ts';
export type { Delivery, Envelope, MessageEnd, Outgoing } from './coordinator/message.ts';
export { defineMessage, type MessageType } from './coordinator/message-type.ts';
export type { Handled, HandlerContext, JoinOptions, Participant } from './coordinator/participant.ts';
export type { Supervision } from './coordinator/supervision.ts';
export { EmptyAnswerError } from './errors/empty-answer-error.ts';
export { InvalidAnswerError } from './errors/invalid-answer-error.ts';
export { InvalidContentError } from './errors/invalid-content-error.ts';
export { InvalidInputError } from './errors/invalid-input-error.ts';
export { InvalidScenarioError } from './errors/invalid-scenario-error.ts';
export { InvalidStateError } from './errors/invalid-state-error.ts';
export { InvalidStepError } from './errors/invalid-step-error.ts';
export { MembersFailedError } from './errors/members-failed-error.ts';
export { RecordedStepError } from './errors/recorded-step-error.ts';
export { ScenarioError } from './errors/scenario-error.ts';
export { ScenarioMismatchError } from './errors/scenario-mismatch-error.ts';
export { ScenarioStoppedError } from './errors/scenario-stopped-error.ts';
export { UndeliverableError, type UndeliverableReason } from './errors/undeliverable-error.ts';
export {
  createMessageFaults,
  type MessageFaults,
  type MessageFaultsOptions,
} from './faults/create-message-faults.ts';
export type { MessageFate, MessagePlace } from './faults/message-fate.ts';
export { type LedgerEntry, MessageLedger } from './message-ledger.ts';
export type { ChoiceContext, ChoiceRules } from './patterns/choice/choice-rules.ts';
export type { ChooseNext } from './patterns/choice/to-next.ts';
export { type DebateOptions, debate } from './patterns/debate.ts';
export {
  type ExchangeOptions,
  type ExchangePatternOptions,
  exchange,
  runExchange,
  streamExchange,
} from './patterns/exchange.ts';
export type { Gate } from './patterns/gate.ts';
export { type GraphOptions, graph } from './patterns/graph.ts';
export type { GraphEdge } from './patterns/graph-edge.ts';
export type { GraphNode, MemberNode, NodeContext } from './patterns/graph-node.ts';
export { type GroupChatOptions, groupChat } from './patterns/group-chat.ts';
export { type Join, type ParallelOptions, parallel } from './patterns/parallel.ts';
export {
  definePattern,
  type Line,
  type Member,
  type Pattern,
  type PatternResult,
  type Task,
} from './patterns/pattern.ts';
export { type GatedStage, pipeline } from './patterns/pipeline.ts';
export { type PlanExecuteReviewOptions, planExecuteReview } from './patterns/plan-execute-review.ts';
export { type RoundRobinOptions, roundRobin } from './patterns/round-robin.ts';
export { type SelectorOptions, selector } from './patterns/selector.ts';
export { type SupervisorOptions, supervisor } from './patterns/supervisor.ts';
export { type SwarmOptions, swarm } from './patterns/swarm.ts';
export type { TalkOptions } from './patterns/talk/talk-options.ts';
export {
  createProgressWatch,
  type ProgressWatch,
  type ProgressWatchOptions,
} from './progress/create-progress-watch.ts';
export type { LoopReason, ProgressVerdict } from './progress/progress-verdict.ts';
export type { ToolRunRecord, TurnRecord } from './progress/turn-record.ts';
export type { PeopleSay } from './scenario/answering.ts';
export {
  type Cast,
  defineScenario,
  type Scenario,
  type ScenarioDefinition,
  type Setting,
} from './scenario/define-scenario.ts';
export { type ForkScenarioOptions, forkScenario, streamFork } from './scenario/fork-scenario.ts';
export type { PlayOptions } from './scenario/play-options.ts';
export { type ResumeScenarioOptions, resumeScenario, streamResumed } from './scenario/resume-scenario.ts';
export {
  type RunScenarioOptions,
  runScenario,
  type ScenarioOptions,
  streamScenario,
} from './scenario/run-scenario.ts';
export type { ScenarioEvent, ScenarioRun } from './scenario/scenario-event.ts';
export type { ScenarioOutcome, StopReason, Waiting } from './scenario/scenario-outcome.ts';
export type { Answer, Said, Scene, Verdict } from './scenario/scene.ts';
export { runPattern, streamPattern } from './scenario/stream-pattern.ts';
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
