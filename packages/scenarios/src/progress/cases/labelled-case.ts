import type { LoopReason } from '../progress-verdict.ts';
import type { TurnRecord } from '../turn-record.ts';

/** A conversation that goes round for ever once it has begun to. */
export interface LoopCase {
  name: string;
  reason: LoopReason;
  /** What comes before it. */
  before?: readonly TurnRecord[];
  /** The turns of each time through; `time` counts from 0. */
  cycle: (time: number) => readonly TurnRecord[];
}

/** A conversation that gets somewhere, however much it looks like a loop. */
export interface LegitimateCase {
  name: string;
  turns: readonly TurnRecord[];
}

/** A turn without tools; the recipient stands after the speaker: `boss>worker`, or `boss` for everybody. */
export function say(who: string, content: string): TurnRecord {
  const [from = '', to] = who.split('>');
  return { from, to, content };
}

/** A turn with one tool run. */
export function use(who: string, name: string, given: unknown, result: unknown, content = ''): TurnRecord {
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  return { ...say(who, content), toolRuns: [{ name, arguments: given, content: text }] };
}

/** One after the other, for the numbers from 0 to `count` - 1. */
export function times(count: number, turns: (i: number) => readonly TurnRecord[]): TurnRecord[] {
  return Array.from({ length: count }, (_, i) => turns(i)).flat();
}

/** The `i`-th of the items, from the first again after the last. */
export function nth<T>(items: readonly [T, ...T[]], i: number): T {
  return items[i % items.length] ?? items[0];
}
