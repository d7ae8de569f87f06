import type { RunTree } from '@pd/call-log/schema';
import { type AgentTime, agentTimes } from './agent-times.ts';
import { type CacheHits, findCacheHits } from './cache-hits.ts';
import { type CallLists, listCalls } from './call-lists.ts';
import { type Concurrency, concurrencyOf } from './concurrency.ts';
import { type CriticalPath, criticalPath, type PathStep } from './critical-path.ts';
import { findLoops, type Loop } from './loops.ts';
import { pairKey } from './pair-key.ts';
import { type AgentShare, type KindShare, pathShares } from './path-shares.ts';
import { findRetries, type Retries } from './retries.ts';
import { readClock } from './run-clock.ts';
import { toSchedule } from './schedule.ts';
import { findSilentAgents, type SilentAgent } from './silent-agents.ts';
import { top } from './top.ts';
import { type Change, type Prediction, whatIf } from './what-if.ts';

/** Everything that {@link analyse} finds, as data that JSON can hold. Lists are cut to the most telling entries. */
export interface Analysis extends CallLists {
  /** Milliseconds from the first to the last time on record. */
  durationMs: number;
  path: {
    /** Steps of the whole path. */
    steps: number;
    /** Its longest steps, longest first. */
    longest: PathStep[];
    kinds: KindShare[];
    agents: AgentShare[];
    /** Calls that could not be considered, because they have no beginning or no end on record. */
    untimedCalls: number;
  };
  /** What would have made the run shorter, most first; changes that save nothing are left out. */
  whatIf: Prediction[];
  retries: Retries;
  loops: Loop[];
  silentAgents: SilentAgent[];
  /** All of them; `silentAgents` is cut. */
  silentAgentCount: number;
  cache: CacheHits;
  agents: AgentTime[];
  concurrency: Concurrency;
}

/** Options of {@link analyse}. */
export interface AnalyseOptions {
  /** The longest a list may be. Default 10. */
  count?: number;
}

/** Each is one replay of the whole run. */
const MOST_PREDICTIONS = 3;

/**
 * What a run's record says about where its time, money and attempts went: critical path and what-if, retries,
 * slowest and dearest calls, loops, silent agents, caches, time per agent, concurrency.
 *
 * Pure; linear but for sorting; the same tree gives the same data. What is not known is absent, never 0.
 */
export function analyse(tree: RunTree, options: AnalyseOptions = {}): Analysis {
  return analyseWithPath(tree, options).analysis;
}

/** The same with the whole critical path, of which an {@link Analysis} has the longest steps only. */
export function analyseWithPath(
  tree: RunTree,
  { count = 10 }: AnalyseOptions = {},
): { analysis: Analysis; path: CriticalPath } {
  const clock = readClock(tree);
  const schedule = toSchedule(tree, clock);
  const path = criticalPath(tree, schedule);
  const shares = pathShares(path, count);
  const retries = findRetries(tree, count);
  const silent = findSilentAgents(tree);
  const predictions = changesWorthTrying(tree, shares.agents).map((change) => whatIf(tree, change, schedule));
  const analysis: Analysis = {
    durationMs: path.durationMs,
    path: {
      steps: path.steps.length,
      longest: top(path.steps, count, ({ durationMs }) => durationMs),
      ...shares,
      untimedCalls: path.untimedCalls,
    },
    // Less than a millisecond is nothing.
    whatIf: top(predictions, count, ({ savedMs }) => savedMs).filter(({ savedMs }) => savedMs >= 1),
    retries,
    ...listCalls(tree, count),
    loops: findLoops(tree, count),
    silentAgents: silent.slice(0, count),
    silentAgentCount: silent.length,
    cache: findCacheHits(tree, count),
    agents: agentTimes(clock, count),
    concurrency: concurrencyOf(clock),
  };
  return { analysis, path };
}

/** The agents with most time in calls on the path, the models most time was spent at, and no retries. */
function changesWorthTrying(tree: RunTree, agents: readonly AgentShare[]): Change[] {
  const models = new Map<string, { provider: string; model: string; ms: number }>();
  for (const { calls } of tree.agents) {
    for (const { pre, duration_ms = 0 } of calls) {
      const key = pairKey(pre.provider, pre.model);
      const known = models.get(key) ?? { provider: pre.provider, model: pre.model, ms: 0 };
      known.ms += duration_ms;
      models.set(key, known);
    }
  }
  return [
    ...top(agents, MOST_PREDICTIONS, ({ callMs }) => callMs).map(
      ({ agentId }): Change => ({ kind: 'agent', agentId, factor: 0.5 }),
    ),
    ...top(models.values(), MOST_PREDICTIONS, ({ ms }) => ms).map(
      ({ provider, model }): Change => ({ kind: 'model', provider, model, factor: 0.5 }),
    ),
    { kind: 'no_retries' },
  ];
}
