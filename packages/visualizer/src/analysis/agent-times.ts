import { attemptMs, waitedMs } from './attempt-times.ts';
import type { RunClock, TimedCall } from './run-clock.ts';
import { top } from './top.ts';

/** What an agent did with its time. */
export interface AgentTime {
  agentId: string;
  calls: number;
  /** Milliseconds during which at least one of its calls was under way. */
  workingMs: number;
  /** Of its calls: milliseconds between attempts and at limits, added up. */
  waitedMs: number;
  /** Of its calls: milliseconds in attempts, added up; absent when unknown. */
  attemptMs?: number;
  /** Milliseconds that its tools are recorded to have taken, added up. */
  toolMs: number;
  /** Milliseconds from its first call to the end of its last, without `workingMs`. */
  betweenMs: number;
}

/** Time per agent, over calls that have times; who worked longest comes first. */
export function agentTimes({ calls }: RunClock, count: number): AgentTime[] {
  const byAgent = Map.groupBy(calls, ({ agent }) => agent.id);
  return top(
    [...byAgent].map(([agentId, own]) => timeOf(agentId, own)),
    count,
    ({ workingMs }) => workingMs,
  );
}

function timeOf(agentId: string, calls: readonly TimedCall[]): AgentTime {
  const time: AgentTime = {
    agentId,
    calls: calls.length,
    workingMs: 0,
    waitedMs: 0,
    toolMs: 0,
    betweenMs: 0,
  };
  let reached: number | undefined;
  for (const { call, startMs, endMs } of calls.toSorted((a, b) => a.startMs - b.startMs)) {
    const from = Math.max(startMs, reached ?? startMs);
    time.workingMs += Math.max(0, endMs - from);
    time.betweenMs += Math.max(0, startMs - (reached ?? startMs));
    reached = Math.max(endMs, reached ?? endMs);
    time.waitedMs += waitedMs(call);
    for (const { duration_ms = 0 } of call.tool_calls) time.toolMs += Math.max(0, duration_ms);
    for (const attempt of call.attempts) {
      const ms = attemptMs(attempt);
      if (ms !== undefined) time.attemptMs = (time.attemptMs ?? 0) + ms;
    }
  }
  return time;
}
