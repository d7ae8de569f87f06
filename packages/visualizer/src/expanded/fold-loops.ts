/** Steps that happened once, or a cycle of steps that was gone through several times in a row. */
export interface Fold<T> {
  /** How often; 1 for steps that belong to no cycle. */
  times: number;
  /** The steps of each round; opened again, they are what was there before. */
  rounds: T[][];
}

/** Longest cycle that is looked for, in steps; looking costs as many comparisons per step. */
const LONGEST_CYCLE = 12;

/**
 * Folds what is repeated: rounds of the same cycle (of at most 12 steps) that follow each other become one
 * with `times: n`. From the left, at each place the cycle that covers most, the shorter one among equals.
 * Time and room grow with the steps only.
 *
 * @param signatureOf what makes two steps the same, such as sender, addressee and tool
 */
export function foldLoops<T>(steps: readonly T[], signatureOf: (step: T) => string): Fold<T>[] {
  const numbers = numbered(steps, signatureOf);
  const repeats = repeatLengths(numbers);
  const folds: Fold<T>[] = [];
  let single: T[] = [];
  const close = () => {
    if (single.length > 0) folds.push({ times: 1, rounds: [single] });
    single = [];
  };
  for (let place = 0; place < steps.length; ) {
    const { period, times } = bestCycle(repeats, place);
    if (times < 2) {
      single.push(...steps.slice(place, place + 1));
      place++;
      continue;
    }
    close();
    const rounds = Array.from({ length: times }, (_, round) =>
      steps.slice(place + round * period, place + (round + 1) * period),
    );
    folds.push({ times, rounds });
    place += period * times;
  }
  close();
  return folds;
}

function numbered<T>(steps: readonly T[], signatureOf: (step: T) => string): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(steps, (step) => {
    const signature = signatureOf(step);
    const number = numbers.get(signature) ?? numbers.size;
    numbers.set(signature, number);
    return number;
  });
}

/** Per period and place: how many steps from there on equal the step one period later. */
function repeatLengths(numbers: Uint32Array): Uint32Array[] {
  return Array.from({ length: LONGEST_CYCLE }, (_, index) => {
    const period = index + 1;
    const lengths = new Uint32Array(numbers.length);
    for (let place = numbers.length - period - 1; place >= 0; place--) {
      lengths[place] = numbers[place] === numbers[place + period] ? 1 + (lengths[place + 1] ?? 0) : 0;
    }
    return lengths;
  });
}

function bestCycle(repeats: readonly Uint32Array[], place: number): { period: number; times: number } {
  let best = { period: 1, times: 1 };
  repeats.forEach((lengths, index) => {
    const period = index + 1;
    const times = Math.floor((lengths[place] ?? 0) / period) + 1;
    if (times >= 2 && (best.times < 2 || period * times > best.period * best.times)) best = { period, times };
  });
  return best;
}
