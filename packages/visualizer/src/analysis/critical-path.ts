import type { RunTree } from '@pd/call-log/schema';
import { waitedMs } from './attempt-times.ts';
import { isPerson } from './is-person.ts';
import { NONE, type Schedule, type ScheduledEvent, toSchedule } from './schedule.ts';

/**
 * What a stretch of the critical path was spent on: a model `call`; the `tools` that it asked for, as far as their
 * times are recorded; the agent's own `work` between what it got and what it did next; `waiting` for a person; the
 * time before the `start` of the first thing on the path and after the last, to the run's `end`.
 */
export type PathKind = 'call' | 'tools' | 'work' | 'waiting' | 'start' | 'end';

/** A stretch of the critical path. The stretches follow each other without gaps from the run's beginning to its end. */
export interface PathStep {
  kind: PathKind;
  agentId?: string;
  /** The call itself; of `tools` and `work`, the call they came after; absent when they came after a message. */
  callId?: string;
  /** Milliseconds since the run began. */
  startMs: number;
  durationMs: number;
  /** Of a call: the part of it spent waiting between attempts and at limits. */
  waitedMs?: number;
}

/** The chain of events on which a run's duration hung. */
export interface CriticalPath {
  /** Of the run and of the path, which are the same. */
  durationMs: number;
  /** In order of time; stretches of no length are left out. */
  steps: PathStep[];
  /** Calls that could not be considered, because they have no beginning or no end on record. */
  untimedCalls: number;
}

/**
 * What a run's duration hung on: from its last event back, always to the latest event that the record gives as a
 * cause (see `toSchedule`). Shortening anything else would not have shortened the run.
 */
export function criticalPath(tree: RunTree, schedule: Schedule = toSchedule(tree)): CriticalPath {
  const persons = new Set(tree.agents.filter(isPerson).map(({ id }) => id));
  const { events, durationMs, tailMs, untimedCalls } = schedule;
  const steps: PathStep[] = [];
  const add = (step: PathStep) => {
    if (step.durationMs > 0) steps.push(step);
  };
  add({ kind: 'end', startMs: durationMs - tailMs, durationMs: tailMs });
  for (let place = schedule.last; place !== NONE; ) {
    const event: ScheduledEvent | undefined = events[place];
    if (event === undefined) break;
    for (const step of stepsBefore(event, place, schedule, persons).reverse()) add(step);
    place = schedule.boundBy[place] ?? NONE;
  }
  return { durationMs, steps: steps.reverse(), untimedCalls };
}

/** The stretch between an event and what it hung on: one step, or tools and then work. */
function stepsBefore(
  event: ScheduledEvent,
  place: number,
  schedule: Schedule,
  persons: ReadonlySet<string>,
): PathStep[] {
  const { agent } = event;
  const gapMs = schedule.gapMs[place] ?? 0;
  const before = schedule.events[schedule.boundBy[place] ?? NONE];
  const startMs = event.atMs - gapMs;
  const agentId = schedule.agentIds[agent];
  const who = agentId !== undefined && { agentId };
  if (event.kind === 'call_end') {
    const { call } = event.timed;
    const waited = Math.min(gapMs, waitedMs(call));
    return [
      {
        kind: 'call',
        ...who,
        callId: call.id,
        startMs,
        durationMs: gapMs,
        ...(waited > 0 && { waitedMs: waited }),
      },
    ];
  }
  if (before === undefined) return [{ kind: 'start', ...who, startMs, durationMs: gapMs }];
  if (agentId !== undefined && persons.has(agentId)) {
    return [{ kind: 'waiting', ...who, startMs, durationMs: gapMs }];
  }
  if (before.kind !== 'call_end' || before.agent !== agent) {
    return [{ kind: 'work', ...who, startMs, durationMs: gapMs }];
  }
  const { id, tool_calls } = before.timed.call;
  const known = tool_calls.reduce((sum, { duration_ms = 0 }) => sum + duration_ms, 0);
  // Tools may have run beside each other, or beside what came next.
  const tools = Math.max(0, Math.min(gapMs, known));
  return [
    { kind: 'tools', ...who, callId: id, startMs, durationMs: tools },
    { kind: 'work', ...who, callId: id, startMs: startMs + tools, durationMs: gapMs - tools },
  ];
}
