import type { Agent } from '@pd/agents';
import type { Logger } from '@pd/call-log/schema';
import type { AgentVersion } from '../agent-version.ts';

/** What a worker's module is given to make its agents with. */
export interface WorkerContext {
  /** For the clients of the agents: what is given to it is recorded in the run of the message that is being answered. */
  logger: Logger;
  /** Of this worker, for logs. */
  workerId: string;
  /** The Redis of this worker, for shared budgets and limits. */
  redis: string;
  /** What its keys begin with. */
  prefix: string;
  /** Aborted when the worker leaves. */
  signal: AbortSignal;
}

/** What a worker's module makes. */
export interface WorkerAgents {
  agents: readonly Agent[];
  /** The version of the agents; the coordinator has to give the same. Default: a hash of what is known of each. */
  version?: AgentVersion;
  /** Called when the worker has finished its last message. */
  close?: () => Promise<void> | void;
}

/** A worker as its module describes it. */
export interface WorkerDefinition {
  readonly kind: typeof WORKER;
  make(context: WorkerContext): Promise<WorkerAgents>;
}

/** What the ESM and the CommonJS copy of this package both know a definition by. */
const WORKER = '@pd/scenarios/worker';

/** Describes the agents of a worker; the default export of the module that `pd-worker` is given. */
export function defineWorker(
  make: (
    context: WorkerContext,
  ) => readonly Agent[] | WorkerAgents | Promise<readonly Agent[] | WorkerAgents>,
): WorkerDefinition {
  return {
    kind: WORKER,
    async make(context) {
      const made = await make(context);
      return 'agents' in made ? made : { agents: made };
    },
  };
}

export function isWorkerDefinition(value: unknown): value is WorkerDefinition {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === WORKER;
}
