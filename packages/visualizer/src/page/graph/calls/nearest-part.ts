import type { RunModel } from '../../run/run-model.ts';
import type { Matches } from '../../search/filter.ts';
import { lowerBound } from '../../timeline/lower-bound.ts';

/** What of a run is drawn, and how much there is. */
export interface Part {
  matches: Matches;
  /** Calls, tool calls and messages in it, and in all that is wanted. */
  shown: number;
  all: number;
  /** Milliseconds since the run began of the first and the last of them. */
  from: number;
  to: number;
}

type Wanted = Record<'calls' | 'messages', Int32Array>;

/**
 * The calls and messages next to a moment, up to a number of nodes; all of them when they are few enough.
 *
 * @param at milliseconds since the run began
 */
export function nearestPart(run: RunModel, wanted: Wanted, at: number, most: number): Part {
  const tools = toolCounts(run);
  const times = { calls: run.calls.start, messages: run.messages.at };
  const lists = { calls: wanted.calls, messages: inTime(wanted.messages, times.messages) };
  const sizeOf = (kind: keyof Wanted, place: number) => (kind === 'calls' ? 1 + (tools[place] ?? 0) : 1);
  const part: Part = {
    matches: {
      calls: new Uint8Array(run.calls.count),
      messages: new Uint8Array(run.messages.count),
    },
    shown: 0,
    all: lists.calls.reduce((sum, place) => sum + sizeOf('calls', place), lists.messages.length),
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  };
  const cursors = (['calls', 'messages'] as const).flatMap((kind) => {
    const next = lowerBound(lists[kind], times[kind], at);
    return [
      { kind, order: next - 1, step: -1 },
      { kind, order: next, step: 1 },
    ];
  });
  for (;;) {
    let nearest: { cursor: (typeof cursors)[number]; place: number; time: number } | undefined;
    for (const cursor of cursors) {
      const place = lists[cursor.kind][cursor.order];
      if (place === undefined) continue;
      const time = times[cursor.kind][place] ?? 0;
      if (nearest === undefined || Math.abs(time - at) < Math.abs(nearest.time - at))
        nearest = { cursor, place, time };
    }
    if (nearest === undefined) return part;
    const { cursor, place, time } = nearest;
    const size = sizeOf(cursor.kind, place);
    if (part.shown > 0 && part.shown + size > most) return part;
    part.matches[cursor.kind][place] = 1;
    part.shown += size;
    part.from = Math.min(part.from, time);
    part.to = Math.max(part.to, time);
    cursor.order += cursor.step;
  }
}

function toolCounts({ calls, toolCalls }: RunModel): Uint32Array {
  const counts = new Uint32Array(calls.count);
  for (const call of toolCalls.call) counts[call] = (counts[call] ?? 0) + 1;
  return counts;
}

/** Messages are in the order of the record, which clocks need not agree with. */
function inTime(places: Int32Array, at: Float64Array): Int32Array {
  const time = (place: number) => at[place] ?? 0;
  const isInOrder = places.every(
    (place, index) => index === 0 || time(place) >= time(places[index - 1] ?? 0),
  );
  return isInOrder ? places : places.slice().sort((a, b) => time(a) - time(b) || a - b);
}
