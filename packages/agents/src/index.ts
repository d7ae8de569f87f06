export type { Agent, AgentReply, AgentStream, IncomingMessage, RespondOptions } from './agent.ts';
export { type AgentIdentity, BaseAgent } from './base-agent.ts';
export { CHAOS_PROMPT, ChaosAgent, type ChaosAgentOptions } from './chaos-agent.ts';
export { AgentError } from './errors/agent-error.ts';
export { DuplicateMessageError } from './errors/duplicate-message-error.ts';
export { InvalidAgentError } from './errors/invalid-agent-error.ts';
export { InvalidMemoryInputError } from './errors/invalid-memory-input-error.ts';
export { type MemoryErrorCode, MemoryStoreError } from './errors/memory-store-error.ts';
export { VersionConflictError } from './errors/version-conflict-error.ts';
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
export { ModelAgent, type ModelAgentOptions } from './model-agent.ts';
export { SimpleAgent, type SimpleAgentOptions } from './simple-agent.ts';
