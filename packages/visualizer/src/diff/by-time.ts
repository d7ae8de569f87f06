import type { CallNode, RunTree } from '@pd/call-log/schema';
import type { SentCall } from './compare-call.ts';

/** Two calls that correspond, or one that only one run has. */
export interface Pair {
  agentId: string;
  a?: SentCall & { ordinal: number };
  b?: SentCall & { ordinal: number };
}

/**
 * Pairs in the order in which the first run began them. A call that only the second has comes after all that
 * that run had begun before it, so that what came first in either run comes first here.
 */
export function byTime(a: RunTree, b: RunTree, pairs: readonly Pair[]): Pair[] {
  const placesA = placesInTime(a);
  const placesB = placesInTime(b);
  const inA = pairs.filter((pair) => pair.a !== undefined);
  const ranks = new Map<Pair, number>();
  for (const pair of inA) ranks.set(pair, placeOf(placesA, pair.a));
  let before = -1;
  for (const pair of pairs.toSorted((x, y) => placeOf(placesB, x.b) - placeOf(placesB, y.b))) {
    if (pair.b === undefined) continue;
    if (pair.a === undefined) ranks.set(pair, before + 0.5);
    else before = Math.max(before, placeOf(placesA, pair.a));
  }
  return pairs.toSorted((x, y) => (ranks.get(x) ?? 0) - (ranks.get(y) ?? 0));
}

function placeOf(places: ReadonlyMap<CallNode, number>, sent: SentCall | undefined): number {
  return (sent && places.get(sent.call)) ?? -1;
}

function placesInTime({ agents }: RunTree): Map<CallNode, number> {
  const calls = agents.flatMap((agent) =>
    agent.calls.map((call) => ({ call, at: Date.parse(call.started_at) || 0 })),
  );
  calls.sort((x, y) => x.at - y.at);
  return new Map(calls.map(({ call }, place) => [call, place]));
}
