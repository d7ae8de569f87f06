/** Places of two equal items: in the one sequence, in the other. */
export type Match = readonly [number, number];

/** Deeper, the pieces are so small or so alike that more anchors say nothing new. */
const DEEPEST = 24;
/** Most items that were put in or taken out, where no item stands out as an anchor. Work and memory grow with its square. */
const MOST_EDITS = 200;

interface Range {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/**
 * Which items of two sequences correspond: equal, in order, each once. Survives what was put in, taken out or changed.
 *
 * Equal beginnings and ends are matched first, then items that occur once on both sides (patience diff), again between
 * those; where nothing is unique, the shortest edit script is looked for, within bounds. Never quadratic.
 *
 * @see https://bramcohen.livejournal.com/73318.html (patience diff)
 * @see https://doi.org/10.1007/BF01840446 (Myers, An O(ND) Difference Algorithm)
 */
export function alignSequences(a: readonly number[], b: readonly number[]): Match[] {
  const matches: Match[] = [];
  const work: (Range & { depth: number })[] = [
    { fromA: 0, toA: a.length, fromB: 0, toB: b.length, depth: 0 },
  ];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { depth, ...range } = next;
    const inner = trim(a, b, range, matches);
    if (inner.fromA >= inner.toA || inner.fromB >= inner.toB) continue;
    const anchors = depth < DEEPEST ? uniqueAnchors(a, b, inner) : [];
    if (anchors.length === 0) {
      for (const match of editMatches(a, b, inner)) matches.push(match);
      continue;
    }
    let [fromA, fromB] = [inner.fromA, inner.fromB];
    for (const [toA, toB] of [...anchors, [inner.toA, inner.toB] as const]) {
      work.push({ fromA, toA, fromB, toB, depth: depth + 1 });
      if (toA < inner.toA) matches.push([toA, toB]);
      [fromA, fromB] = [toA + 1, toB + 1];
    }
  }
  return matches.sort(([x], [y]) => x - y);
}

/** Matches equal items at both ends, and gives what is left between. */
function trim(a: readonly number[], b: readonly number[], range: Range, matches: Match[]): Range {
  let { fromA, toA, fromB, toB } = range;
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) matches.push([fromA++, fromB++]);
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) matches.push([--toA, --toB]);
  return { fromA, toA, fromB, toB };
}

/** Items that occur once on each side, as far as they are in the same order: the longest such chain. */
function uniqueAnchors(
  a: readonly number[],
  b: readonly number[],
  { fromA, toA, fromB, toB }: Range,
): Match[] {
  const inA = placesOfUnique(a, fromA, toA);
  const inB = placesOfUnique(b, fromB, toB);
  const common: Match[] = [];
  for (const [item, placeA] of inA) {
    const placeB = inB.get(item) ?? TWICE;
    if (placeA !== TWICE && placeB !== TWICE) common.push([placeA, placeB]);
  }
  return longestIncreasing(common);
}

const TWICE = -1;

function placesOfUnique(items: readonly number[], from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = from; at < to; at++) {
    const item = items[at] ?? TWICE;
    places.set(item, places.has(item) ? TWICE : at);
  }
  return places;
}

/** Of pairs in order of the first number, the longest chain whose second numbers increase. */
function longestIncreasing(pairs: readonly Match[]): Match[] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, value], place) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[place] = ends[low - 1] ?? -1;
    ends[low] = place;
  });
  const chain: Match[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.reverse();
}

/** The matches of the shortest edit script; none where that takes more than {@link MOST_EDITS}. */
function editMatches(a: readonly number[], b: readonly number[], { fromA, toA, fromB, toB }: Range): Match[] {
  const [lengthA, lengthB] = [toA - fromA, toB - fromB];
  const most = Math.min(MOST_EDITS, lengthA + lengthB);
  if (Math.abs(lengthA - lengthB) > most) return [];
  const offset = most + 1;
  const reach = new Int32Array(2 * offset + 1);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trace.push(reach.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const [left, right] = [reach[offset + diagonal - 1] ?? 0, reach[offset + diagonal + 1] ?? 0];
      const isDown = diagonal === -edits || (diagonal !== edits && left < right);
      let x = isDown ? right : left + 1;
      while (x < lengthA && x - diagonal < lengthB && a[fromA + x] === b[fromB + x - diagonal]) x++;
      reach[offset + diagonal] = x;
      if (x >= lengthA && x - diagonal >= lengthB)
        return wayBack(trace, lengthA, lengthB, offset).map(([i, j]) => [fromA + i, fromB + j]);
    }
  }
  return [];
}

function wayBack(trace: readonly Int32Array[], lengthA: number, lengthB: number, offset: number): Match[] {
  const matches: Match[] = [];
  let [x, y] = [lengthA, lengthB];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits];
    const diagonal = x - y;
    const [left, right] = [reach?.[offset + diagonal - 1] ?? 0, reach?.[offset + diagonal + 1] ?? 0];
    const isDown = diagonal === -edits || (diagonal !== edits && left < right);
    const from = edits === 0 ? 0 : isDown ? right : left;
    const fromY = edits === 0 ? 0 : from - (isDown ? diagonal + 1 : diagonal - 1);
    const start = edits === 0 ? 0 : isDown ? from : from + 1;
    while (x > start) matches.push([--x, --y]);
    [x, y] = [from, fromY];
  }
  return matches;
}
