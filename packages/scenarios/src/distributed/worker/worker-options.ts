import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Agent } from '@pd/agents';
import type { RedactOptions } from '@pd/call-log';
import type { AgentVersion } from '../agent-version.ts';
import {
  checkName,
  checkWhole,
  InvalidDistributedOptionError,
} from '../errors/invalid-distributed-option-error.ts';
import { checkURL } from '../redis/check-url.ts';
import { DEFAULT_PREFIX } from '../redis/redis-keys.ts';
import { checkVersion } from '../runner/bull-runner-options.ts';
import { isWorkerDefinition, type WorkerDefinition } from './define-worker.ts';

export interface WorkerOptions {
  /** The same Redis as the coordinator's. */
  redis: string;
  /** The same prefix as the coordinator's. Default: `pd`. */
  prefix?: string | undefined;
  /** The agents that answer here, or what `defineWorker()` describes. */
  agents: readonly Agent[] | WorkerDefinition;
  /** Folder of what this worker records; one folder for all workers of a machine is best, so that they look after each other's. */
  logDir: string;
  /** The roles it answers for. Default: those of its agents. */
  roles?: readonly string[] | undefined;
  /** Messages at the same time, for each role. Default: 10. */
  concurrency?: number | undefined;
  /** The version of its agents. Default: what the definition says, else a hash of what is known of each. */
  version?: AgentVersion | undefined;
  /**
   * The message of a worker that has died is with another one after so long at the latest, in milliseconds. A worker that
   * cannot reach Redis for about that long gives up what it is doing. Default: 30,000.
   */
  lockMs?: number | undefined;
  /** How often dead workers are looked for, in milliseconds. Default: an eighth of `lockMs`, which keeps its promise. */
  stalledIntervalMs?: number | undefined;
  /** So many workers may die with a message before it is given up. Default: 3. */
  maxDeaths?: number | undefined;
  /** How long to wait for Redis at the start and when the connection breaks, in milliseconds. Default: 15,000. */
  redisTimeoutMs?: number | undefined;
  /** What to scrub from the records, as in `createCallLog()`. */
  redact?: RedactOptions | false | undefined;
  /** Gets a line for what whoever runs the worker should know. Default: nobody. */
  report?: ((line: string) => void) | undefined;
  /** What the worker is called. Default: host, pid and a few letters. */
  id?: string | undefined;
}

export type CheckedWorkerOptions = Required<Omit<WorkerOptions, 'roles' | 'version' | 'redact'>> &
  Pick<WorkerOptions, 'roles' | 'version' | 'redact'>;

/** @throws {InvalidDistributedOptionError} for options that make no sense */
export function checkWorkerOptions(options: WorkerOptions): CheckedWorkerOptions {
  const { lockMs = 30_000 } = options;
  const checked: CheckedWorkerOptions = {
    redis: options.redis,
    prefix: options.prefix ?? DEFAULT_PREFIX,
    agents: options.agents,
    logDir: options.logDir,
    roles: options.roles,
    concurrency: options.concurrency ?? 10,
    version: options.version,
    lockMs,
    stalledIntervalMs: options.stalledIntervalMs ?? Math.max(50, Math.floor(lockMs / 8)),
    maxDeaths: options.maxDeaths ?? 3,
    redisTimeoutMs: options.redisTimeoutMs ?? 15_000,
    redact: options.redact,
    report: options.report ?? (() => {}),
    id:
      options.id ??
      `${hostname()
        .replace(/[^\w.-]+/g, '_')
        .slice(0, 40)}-${process.pid}-${randomUUID().slice(0, 6)}`,
  };
  checkURL(checked.redis);
  checkName('prefix', checked.prefix);
  checkName('id', checked.id);
  checkWhole('concurrency', checked.concurrency, { most: 100_000 });
  checkWhole('lockMs', checked.lockMs, { least: 500 });
  checkWhole('stalledIntervalMs', checked.stalledIntervalMs, { least: 10 });
  checkWhole('maxDeaths', checked.maxDeaths, { least: 0, most: 1_000 });
  checkWhole('redisTimeoutMs', checked.redisTimeoutMs);
  checkVersion(checked.version);
  if (typeof checked.logDir !== 'string' || checked.logDir === '')
    throw new InvalidDistributedOptionError('logDir must be the path of a folder');
  if (!Array.isArray(checked.agents) && !isWorkerDefinition(checked.agents))
    throw new InvalidDistributedOptionError('agents must be a list of agents, or made by defineWorker()');
  const { roles } = checked;
  const areRoles =
    roles === undefined ||
    (Array.isArray(roles) &&
      roles.length > 0 &&
      roles.every((role) => typeof role === 'string' && role !== ''));
  if (!areRoles) throw new InvalidDistributedOptionError('roles must be a list of one or more roles');
  return checked;
}

/** The agents by id. @throws {InvalidDistributedOptionError} when there is none, one is none, or two have one id */
export function checkAgents(
  agents: readonly Agent[],
  roles: readonly string[] | undefined,
): Map<string, Agent> {
  const byId = new Map<string, Agent>();
  if (!Array.isArray(agents) || agents.length === 0)
    throw new InvalidDistributedOptionError('a worker needs at least one agent');
  for (const agent of agents) {
    if (
      typeof agent?.id !== 'string' ||
      typeof agent.role !== 'string' ||
      typeof agent.respond !== 'function'
    )
      throw new InvalidDistributedOptionError(
        `${String(agent)} is no agent: it needs id, role and respond()`,
      );
    if (byId.has(agent.id))
      throw new InvalidDistributedOptionError(`two agents have the id ${JSON.stringify(agent.id)}`);
    byId.set(agent.id, agent);
  }
  const served = new Set(agents.map(({ role }) => role));
  const missing = roles?.find((role) => !served.has(role));
  if (missing !== undefined)
    throw new InvalidDistributedOptionError(
      `no agent has the role ${JSON.stringify(missing)}; there are ${[...served].map((role) => JSON.stringify(role)).join(', ')}`,
    );
  return byId;
}
