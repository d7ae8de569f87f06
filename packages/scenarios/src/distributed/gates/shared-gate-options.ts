import type { BudgetOptions } from '@pd/llm-client';
import {
  checkName,
  checkWhole,
  InvalidDistributedOptionError,
} from '../errors/invalid-distributed-option-error.ts';
import { DEFAULT_PREFIX } from '../redis/redis-keys.ts';

/** What every shared gate is given. */
export interface SharedGateOptions {
  /** `redis[s]://[[user][:password]@]host[:port][/database]`; one server, 6.2 or later. */
  redis: string;
  /** By which the processes that share it know it: letters, digits, `.`, `_` and `-`. */
  name: string;
  /** What its keys begin with. Default: `pd`. */
  prefix?: string | undefined;
  /** After how long what a dead process has taken is free again, in milliseconds. Default: 60,000. */
  leaseMs?: number | undefined;
  /** How long to wait for Redis, in milliseconds. Default: 5,000. */
  timeoutMs?: number | undefined;
}

export interface SharedBudgetOptions
  extends SharedGateOptions,
    Pick<BudgetOptions, 'usd' | 'tokens' | 'onUnpriced' | 'whenFull' | 'uncounted'> {
  /** How long the books are kept after their last change, in milliseconds. Default: 30 days. */
  keptMs?: number | undefined;
}

export type CheckedBudgetOptions = Required<Omit<SharedBudgetOptions, 'usd' | 'tokens'>> &
  Pick<SharedBudgetOptions, 'usd' | 'tokens'>;

/** @throws {InvalidDistributedOptionError} when one makes no sense */
export function checkGateOptions(options: SharedGateOptions): Required<SharedGateOptions> {
  const { redis, name, prefix = DEFAULT_PREFIX, leaseMs = 60_000, timeoutMs = 5_000 } = options;
  checkName('name', name);
  checkName('prefix', prefix);
  checkWhole('leaseMs', leaseMs, { least: 100 });
  checkWhole('timeoutMs', timeoutMs);
  return { redis, name, prefix, leaseMs, timeoutMs };
}

/** @throws {InvalidDistributedOptionError} without a limit, and for options that make no sense */
export function checkBudgetOptions(options: SharedBudgetOptions): CheckedBudgetOptions {
  const { usd, tokens, keptMs = 30 * 24 * 3_600_000 } = options;
  const { onUnpriced = 'refuse', whenFull = 'refuse', uncounted = 'worst-case' } = options;
  if (usd === undefined && tokens === undefined)
    throw new InvalidDistributedOptionError('a budget needs a limit: give it usd, tokens or both');
  for (const [name, limit] of Object.entries({ usd, tokens }))
    if (limit !== undefined && !(typeof limit === 'number' && limit >= 0 && limit <= 9_000_000_000))
      throw new InvalidDistributedOptionError(
        `a budget's ${name} must be a number from 0 to 9,000,000,000, not ${String(limit)}`,
      );
  checkWhole('keptMs', keptMs, { most: Number.MAX_SAFE_INTEGER });
  checkChoice('onUnpriced', onUnpriced, ['refuse', 'allow']);
  checkChoice('whenFull', whenFull, ['refuse', 'wait']);
  checkChoice('uncounted', uncounted, ['worst-case', 'estimate']);
  return { ...checkGateOptions(options), usd, tokens, keptMs, onUnpriced, whenFull, uncounted };
}

function checkChoice(name: string, given: string, choices: readonly string[]): void {
  if (!choices.includes(given))
    throw new InvalidDistributedOptionError(`${name} must be ${choices.join(' or ')}, not ${given}`);
}
