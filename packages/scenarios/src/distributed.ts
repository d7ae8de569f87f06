/** Agents as workers on BullMQ over Redis: the same scenario, on several machines. */

export { type AgentVersion, agentVersion } from './distributed/agent-version.ts';
export { InvalidDistributedOptionError } from './distributed/errors/invalid-distributed-option-error.ts';
export { MessageTooLargeError } from './distributed/errors/message-too-large-error.ts';
export { MissingPackageError } from './distributed/errors/missing-package-error.ts';
export { NoWorkerError, type NoWorkerReason } from './distributed/errors/no-worker-error.ts';
export { RedisUnavailableError } from './distributed/errors/redis-unavailable-error.ts';
export { RemoteAgentError, type RemoteFailure } from './distributed/errors/remote-agent-error.ts';
export { WorkerLostError } from './distributed/errors/worker-lost-error.ts';
export { WorkerTimeoutError } from './distributed/errors/worker-timeout-error.ts';
export {
  createSharedBudget,
  type SharedBudget,
  type SharedBudgetState,
} from './distributed/gates/shared-budget.ts';
export type { SharedBudgetOptions, SharedGateOptions } from './distributed/gates/shared-gate-options.ts';
export {
  createSharedLimiter,
  type SharedLimiter,
  type SharedLimiterOptions,
} from './distributed/gates/shared-limiter.ts';
export type { MissingRecords } from './distributed/records/run-collector.ts';
export type { BullRunnerOptions } from './distributed/runner/bull-runner-options.ts';
export { type BullRunner, createBullRunner } from './distributed/runner/create-bull-runner.ts';
export {
  defineWorker,
  type WorkerAgents,
  type WorkerContext,
  type WorkerDefinition,
} from './distributed/worker/define-worker.ts';
export { type AgentWorker, startWorker } from './distributed/worker/start-worker.ts';
export type { WorkerOptions } from './distributed/worker/worker-options.ts';
