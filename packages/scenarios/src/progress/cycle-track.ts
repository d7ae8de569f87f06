import type { LoopReason } from './progress-verdict.ts';
import type { TurnMark } from './turn-mark.ts';

/** Turns that have come at least twice, one cycle after the other. */
export interface Loop {
  /** Names the cycle, at whichever of its turns it is noticed. */
  key: string;
  reason: LoopReason;
  /** One time through, in order. */
  marks: readonly TurnMark[];
  /** Turns of the loop so far, the first time through included. */
  turns: number;
}

/** Watches the whole conversation for cycles of one to `maxCycle` turns. */
export function createCycleTrack(maxCycle: number) {
  const recent: TurnMark[] = [];
  /** For each length, how many turns on end have been the same as the one that many turns before. */
  const runs = new Array<number>(maxCycle + 1).fill(0);
  return {
    see(mark: TurnMark): Loop | undefined {
      for (let length = 1; length <= maxCycle; length++) {
        const before = recent[recent.length - length];
        runs[length] = before?.whole === mark.whole ? (runs[length] ?? 0) + 1 : 0;
      }
      recent.push(mark);
      if (recent.length > maxCycle) recent.shift();
      // The shortest one: what goes round in two turns does so in four as well.
      const length = runs.findIndex((run, each) => each > 0 && run >= each);
      if (length === -1) return undefined;
      const marks = recent.slice(-length);
      if (isPolling(marks)) return undefined;
      return { key: keyOf(marks), reason: reasonFor(marks), marks, turns: (runs[length] ?? 0) + length };
    },
  };
}

/**
 * The only thing that is asked of any tool is always the same, and the results change: they may even change back, as the
 * length of a queue does.
 */
function isPolling(marks: readonly TurnMark[]): boolean {
  const [first, ...others] = marks.filter(({ asked }) => asked !== undefined);
  if (first === undefined) return false;
  return others.every(({ asked }) => asked === first.asked) && others.some(({ got }) => got !== first.got);
}

function keyOf(marks: readonly TurnMark[]): string {
  return marks
    .map(({ whole }) => whole)
    .toSorted()
    .join();
}

function reasonFor(marks: readonly TurnMark[]): LoopReason {
  const [first, second] = marks;
  if (second === undefined) return first?.asked === undefined ? 'repeated_message' : 'repeated_tool_call';
  return marks.length === 2 && first?.from !== second.from ? 'ping_pong' : 'cycle';
}
