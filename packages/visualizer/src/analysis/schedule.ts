import type { RunTree } from '@pd/call-log/schema';
import { type RunClock, readClock, type TimedCall, type TimedMessage } from './run-clock.ts';

/** Stands for no agent, and for no event. */
export const NONE = -1;

/** Something that happened at one moment of a run. `number` is the call's place in `RunClock.calls`. */
export type ScheduledEvent = {
  /** Milliseconds since the run began. */
  atMs: number;
  /** Orders what happened at the same moment, 0 to 3. */
  rank: number;
  /** Who did it, as a number in {@link Schedule.agentIds}, or {@link NONE} where nobody is named. */
  agent: number;
} & (
  | { kind: 'call_start'; timed: TimedCall; number: number }
  | { kind: 'call_end'; timed: TimedCall; number: number }
  | { kind: 'message'; timed: TimedMessage; to: number }
);

/** A run as events in order, and what each hung on. */
export interface Schedule extends Bonds {
  durationMs: number;
  agentIds: string[];
  events: ScheduledEvent[];
  /** The last event, on which the run's end hung, or {@link NONE}. */
  last: number;
  /** From the last event to the run's end. */
  tailMs: number;
  untimedCalls: number;
}

/** What each event hung on, by its place: in columns, which are several times faster than fields of so many objects. */
interface Bonds {
  /** The agent all of whose knowledge it waited for, or {@link NONE}. */
  waitsFor: Int32Array;
  /** The place of the earlier event that the record names as its cause, or {@link NONE}. */
  cause: Int32Array;
  /** The place of the latest event among all that it hung on; {@link NONE} is the run's beginning. */
  boundBy: Int32Array;
  /** Milliseconds since that one. */
  gapMs: Float64Array;
}

/**
 * What every event of a run hung on, from the record only:
 *
 * - a call's end on its beginning;
 * - a call's beginning on all calls that its agent had ended and all messages that it had got by then, and on the
 *   call that is recorded as its parent;
 * - a message on the call that it names, and on what its sender had ended and got by then; where there is neither (a
 *   program that speaks in a person's name), on what its receiver had, because nobody was told earlier.
 *
 * Linear but for the sorting by time. At the same moment, ends come before messages and messages before beginnings.
 */
export function toSchedule(tree: RunTree, clock: RunClock = readClock(tree)): Schedule {
  const { durationMs, untimedCalls } = clock;
  const { agentIds, numberOf } = agentNumbers();
  const events = inOrder(eventsOf(clock, numberOf));
  const bonds = bind(events, agentIds.length, clock.calls.length);
  const last = events.length - 1;
  const tailMs = durationMs - (events[last]?.atMs ?? 0);
  return { durationMs, agentIds, events, ...bonds, last, tailMs, untimedCalls };
}

function eventsOf(
  { calls, messages }: RunClock,
  numberOf: (id: string | undefined) => number,
): ScheduledEvent[] {
  const events: ScheduledEvent[] = [];
  calls.forEach((timed, number) => {
    const agent = numberOf(timed.agent.id);
    const { startMs, endMs } = timed;
    events.push({ kind: 'call_start', atMs: startMs, rank: 2, agent, timed, number });
    // A call that took no time still ends after it has begun.
    events.push({
      kind: 'call_end',
      atMs: endMs,
      rank: endMs > startMs ? 0 : 3,
      agent,
      timed,
      number,
    });
  });
  for (const timed of messages) {
    const { from, to } = timed.message;
    const [agent, receiver] = [numberOf(from), numberOf(to)];
    events.push({ kind: 'message', atMs: timed.atMs, rank: 1, agent, timed, to: receiver });
  }
  return events;
}

/** By time, then by rank, then as they came. Numbers are sorted, because that is several times faster than objects. */
function inOrder(events: readonly ScheduledEvent[]): ScheduledEvent[] {
  const keys = Float64Array.from(events, ({ atMs, rank }) => atMs * 4 + rank);
  const places = Uint32Array.from(keys, (_, place) => place);
  places.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  return Array.from(places, (place) => events[place]).filter((event) => event !== undefined);
}

function bind(events: readonly ScheduledEvent[], agents: number, calls: number): Bonds {
  const column = () => new Int32Array(events.length).fill(NONE);
  const bonds: Bonds = {
    waitsFor: column(),
    cause: column(),
    boundBy: column(),
    gapMs: new Float64Array(events.length),
  };
  /** Place of the latest event that each agent knows of. */
  const known = new Int32Array(agents).fill(NONE);
  const knownBy = (agent: number) => known[agent] ?? NONE;
  const starts = new Int32Array(calls).fill(NONE);
  /** Place of a call's end, and until it has ended of its beginning. */
  const latest = new Map<string, number>();
  events.forEach((event, place) => {
    let waitsFor = NONE;
    let cause = NONE;
    if (event.kind === 'call_end') {
      cause = starts[event.number] ?? NONE;
      known[event.agent] = place;
      latest.set(event.timed.call.id, place);
    } else {
      const callId = event.kind === 'message' ? event.timed.message.call_id : event.timed.call.parent_call_id;
      if (callId !== undefined) cause = latest.get(callId) ?? NONE;
      const isUncaused = event.kind === 'message' && cause === NONE && knownBy(event.agent) === NONE;
      waitsFor = isUncaused ? event.to : event.agent;
    }
    const boundBy = Math.max(knownBy(waitsFor), cause);
    bonds.waitsFor[place] = waitsFor;
    bonds.cause[place] = cause;
    bonds.boundBy[place] = boundBy;
    bonds.gapMs[place] = event.atMs - (events[boundBy]?.atMs ?? 0);
    if (event.kind === 'call_start') {
      starts[event.number] = place;
      latest.set(event.timed.call.id, place);
    } else if (event.kind === 'message' && event.to !== NONE) known[event.to] = place;
  });
  return bonds;
}

function agentNumbers() {
  const agentIds: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (id: string | undefined): number => {
    if (id === undefined) return NONE;
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, agentIds.length);
    return agentIds.push(id) - 1;
  };
  return { agentIds, numberOf };
}
