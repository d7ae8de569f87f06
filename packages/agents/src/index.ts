export type {
  Agent,
  AgentPart,
  AgentReply,
  AgentStream,
  ContentPart,
  IncomingMessage,
  RespondOptions,
} from './agent.ts';
export { type Persona, personas } from './chaos/personas.ts';
export type { ContextOptions, MemoryOfAgent, SummaryOptions } from './context/context-options.ts';
export { createFactRecall, type FactRecall, type FactRecallOptions } from './context/fact-recall.ts';
export { factTools } from './context/fact-tools.ts';
export { AgentError } from './errors/agent-error.ts';
export { AgentStreamLeftError } from './errors/agent-stream-left-error.ts';
export { ConversationNotKeptError } from './errors/conversation-not-kept-error.ts';
export { DuplicateMessageError } from './errors/duplicate-message-error.ts';
export { GuardrailError } from './errors/guardrail-error.ts';
export { HookError } from './errors/hook-error.ts';
export { InvalidAgentError } from './errors/invalid-agent-error.ts';
export { InvalidMemoryInputError } from './errors/invalid-memory-input-error.ts';
export { InvalidMessageError } from './errors/invalid-message-error.ts';
export { InvalidResumeError } from './errors/invalid-resume-error.ts';
export { InvalidToolError } from './errors/invalid-tool-error.ts';
export { type MemoryErrorCode, MemoryStoreError } from './errors/memory-store-error.ts';
export { NobodyThereError } from './errors/nobody-there-error.ts';
export { VersionConflictError } from './errors/version-conflict-error.ts';
export type {
  Guardrail,
  GuardrailCheck,
  GuardrailContext,
  GuardrailStop,
  Guardrails,
  GuardrailVerdict,
  TextSchema,
} from './guardrails/guardrail.ts';
export type { HandoffHistory } from './handoff/handoff.ts';
export { type HandoffOptions, handoffTo } from './handoff/handoff-to.ts';
export type { AgentHooks, HookContext } from './hooks.ts';
export { type AgentIdentity, BaseAgent, type BaseAgentOptions } from './kinds/base-agent.ts';
export { CHAOS_PROMPT, ChaosAgent, type ChaosAgentOptions } from './kinds/chaos-agent.ts';
export {
  CriticAgent,
  type CriticAgentOptions,
  type Review,
  type ReviewResult,
  type Verdict,
} from './kinds/critic-agent.ts';
export { type Answer, type DefineAgentOptions, defineAgent } from './kinds/define-agent.ts';
export {
  ExecutorAgent,
  type ExecutorAgentOptions,
  type Work,
  type WorkResult,
} from './kinds/executor-agent.ts';
export { HumanAgent, type HumanAgentOptions } from './kinds/human-agent.ts';
export { ModelAgent, type ModelAgentOptions } from './kinds/model-agent.ts';
export { PlannerAgent, type PlannerAgentOptions, type PlanResult } from './kinds/planner-agent.ts';
export { type Route, RouterAgent, type RouterAgentOptions } from './kinds/router-agent.ts';
export { SimpleAgent, type SimpleAgentOptions } from './kinds/simple-agent.ts';
export {
  type Instructions,
  SupervisorAgent,
  type SupervisorAgentOptions,
} from './kinds/supervisor-agent.ts';
export type { LoopLimits } from './loop/loop-limits.ts';
export type { AgentObject, AgentObjectRequest } from './loop/make-object.ts';
export type { Decision, PendingApproval, PendingToolCall } from './loop/pending-approval.ts';
export type { StopReason } from './loop/stop-reason.ts';
export { createMemoryStore, type MemoryStoreOptions } from './memory/create-memory-store.ts';
export type { Fact, FactScope, FactSource, FoundFact, NewFact } from './memory/fact.ts';
export type { FactSearchOptions, FactStore, VectorSearchOptions } from './memory/fact-store.ts';
export { createInMemoryStore } from './memory/in-memory-store.ts';
export type {
  Change,
  FactPage,
  FactRecord,
  FoundRecord,
  MemoryDriver,
  MessageChoice,
  MessageDraft,
  MessageRange,
  MessageRecord,
  WordSearch,
} from './memory/memory-driver.ts';
export type {
  Appended,
  FoundMessage,
  ListOptions,
  MemoryOptions,
  MemoryStore,
  MemoryWindow,
  MessageSearchOptions,
  ReadOptions,
  SessionInfo,
  WindowOptions,
  WriteOptions,
} from './memory/memory-store.ts';
export type { MemoryMetadata, NewMessage, StoredMessage } from './memory/stored-message.ts';
export { findPlanFaults, type PlanFault } from './plan/find-plan-faults.ts';
export type { Plan, PlanStep } from './plan/plan.ts';
export { toWaves } from './plan/to-waves.ts';
export { toMessageName } from './to-message-name.ts';
export { toUserMessage } from './to-user-message.ts';
export { type AgentToolOptions, agentTool } from './tools/agent-tool.ts';
export type { Approve } from './tools/approve.ts';
export { defineTool, type ForeignToolOptions, type ToolOptions } from './tools/define-tool.ts';
export type {
  AgentTool,
  Approval,
  ApprovalRequest,
  OnResume,
  ToolContext,
  ToolSettings,
} from './tools/tool.ts';
export type { ToolRun } from './tools/tool-run.ts';
