/** A stretch of a sequence in which the same `period` items come again and again. */
export interface RepeatedCycle {
  /** Where it begins. */
  start: number;
  /** How many items make one round. */
  period: number;
  /** Whole rounds. */
  rounds: number;
}

/** Longer rounds are a way of working, not a loop. */
const LONGEST_PERIOD = 12;
/** Twice may be a second try. */
const FEWEST_ROUNDS = 3;

/**
 * Finds what repeats itself without anything between: every stretch of three rounds or more, of at most twelve
 * items each. Where the same stretch repeats with several periods, the shortest tells. In order of place; linear.
 */
export function repeatedCycles(items: readonly (string | number)[]): RepeatedCycle[] {
  const found: RepeatedCycle[] = [];
  /** How far the stretches found so far, with shorter periods, reach: per item, the period that covers it. */
  const covered = new Uint8Array(items.length);
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    for (let at = period, same = 0; at <= items.length; at++) {
      if (at < items.length && items[at] === items[at - period]) {
        same++;
        continue;
      }
      const rounds = Math.floor(same / period) + 1;
      const start = at - same - period;
      if (rounds >= FEWEST_ROUNDS && !isInside(covered, start, start + rounds * period)) {
        found.push({ start, period, rounds });
        covered.fill(1, start, start + rounds * period);
      }
      same = 0;
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A shorter period has it already, wholly or for the most part. */
function isInside(covered: Uint8Array, start: number, end: number): boolean {
  let inside = 0;
  for (let at = start; at < end; at++) inside += covered[at] ?? 0;
  return inside * 2 >= end - start;
}
