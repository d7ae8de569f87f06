import type { Logger } from '@pd/call-log/schema';
import type { AgentVersion } from '../agent-version.ts';
import {
  checkName,
  checkWhole,
  InvalidDistributedOptionError,
} from '../errors/invalid-distributed-option-error.ts';
import { checkURL } from '../redis/check-url.ts';
import { DEFAULT_PREFIX } from '../redis/redis-keys.ts';

export interface BullRunnerOptions {
  /** `redis[s]://[[user][:password]@]host[:port][/database]`. One server (with replicas), no cluster; 6.2 or later. */
  redis: string;
  /** What all keys begin with; workers need the same. Default: `pd`. */
  prefix?: string;
  /** The version of its agents that workers must have. Default: a hash of what is known of each from outside. */
  version?: AgentVersion | undefined;
  /** Gets warnings and what could not be collected, as lines of the run's log; usually `createCallLog().logger`. */
  logger?: Logger | undefined;
  /** Roles whose agents answer in this process. Default: `person`, because people sit where the scenario was started. */
  localRoles?: readonly string[] | undefined;
  /** For how long a message waits for a worker before it is refused, in milliseconds. Default: 60,000. */
  noWorkerMs?: number | undefined;
  /** After how long without a worker there is a warning, in milliseconds. Default: 5,000. */
  warnAfterMs?: number | undefined;
  /** How long an answer may take, from the asking on, in milliseconds. Default: for ever. */
  timeoutMs?: number | undefined;
  /** For how long Redis may be gone before those who wait are told, in milliseconds. Default: 15,000. */
  redisTimeoutMs?: number | undefined;
  /** How long an answer waits for the records of its calls, and `collect()` for all of them, in milliseconds. Default: 10,000. */
  recordsTimeoutMs?: number | undefined;
  /** The most that a message with its history may be, in bytes of JSON. Default: 16 MiB. */
  maxMessageBytes?: number | undefined;
}

/** The options with all defaults. */
export type CheckedRunnerOptions = Required<Omit<BullRunnerOptions, 'version' | 'logger' | 'timeoutMs'>> &
  Pick<BullRunnerOptions, 'version' | 'logger' | 'timeoutMs'>;

/** @throws {InvalidDistributedOptionError} for options that make no sense */
export function checkRunnerOptions(options: BullRunnerOptions): CheckedRunnerOptions {
  const checked = {
    prefix: DEFAULT_PREFIX,
    localRoles: ['person'] as readonly string[],
    noWorkerMs: 60_000,
    warnAfterMs: 5_000,
    redisTimeoutMs: 15_000,
    recordsTimeoutMs: 10_000,
    maxMessageBytes: 16 * 2 ** 20,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    redis: options.redis,
  };
  checkURL(checked.redis);
  checkName('prefix', checked.prefix);
  for (const name of [
    'noWorkerMs',
    'warnAfterMs',
    'redisTimeoutMs',
    'recordsTimeoutMs',
    'maxMessageBytes',
  ] as const)
    checkWhole(name, checked[name]);
  if (options.timeoutMs !== undefined) checkWhole('timeoutMs', options.timeoutMs);
  checkVersion(options.version);
  if (!(Array.isArray(checked.localRoles) && checked.localRoles.every((role) => typeof role === 'string')))
    throw new InvalidDistributedOptionError('localRoles must be a list of roles');
  return checked;
}

/** @throws {InvalidDistributedOptionError} when it is neither a text nor a function */
export function checkVersion(version: unknown): void {
  const isVersion = (typeof version === 'string' && version !== '') || typeof version === 'function';
  if (version !== undefined && !isVersion)
    throw new InvalidDistributedOptionError('version must be a text or a function of an agent');
}
