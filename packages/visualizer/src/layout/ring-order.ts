import type { Links } from './links.ts';

/** Above this many places the improvement, which grows with their square, is left out. */
const MOST_PLACES_TO_IMPROVE = 60;

/**
 * The order of speakers around a ring such that those who talk a lot sit close together, which also keeps
 * crossings few: a greedy chain, then swaps as long as they shorten the chords. Ties keep the given order.
 */
export function ringOrder(members: readonly number[], links: Links): number[] {
  const order = chain(members, links);
  if (order.length < 4 || order.length > MOST_PLACES_TO_IMPROVE) return order;
  const inside = new Set(members);
  const pairs = links.pairs.filter(([a, b]) => inside.has(a) && inside.has(b));
  let best = chordLength(order, pairs);
  for (let improved = true; improved; ) {
    improved = false;
    // The first place stays, so that the picture does not turn.
    for (let i = 1; i < order.length - 1; i++) {
      for (let j = i + 1; j < order.length; j++) {
        swap(order, i, j);
        const length = chordLength(order, pairs);
        if (length < best - 1e-9) {
          best = length;
          improved = true;
        } else swap(order, i, j);
      }
    }
  }
  return order;
}

function chain(members: readonly number[], links: Links): number[] {
  const left = [...members];
  const order = left.splice(0, 1);
  while (left.length > 0) {
    const neighbours = links.of[order.at(-1) ?? -1];
    let next = 0;
    left.forEach((candidate, index) => {
      if ((neighbours?.get(candidate) ?? 0) > (neighbours?.get(left[next] ?? -1) ?? 0)) next = index;
    });
    order.push(...left.splice(next, 1));
  }
  return order;
}

function chordLength(order: readonly number[], pairs: Links['pairs']): number {
  const places = new Map(order.map((member, place) => [member, place]));
  let sum = 0;
  for (const [a, b, weight] of pairs) {
    const distance = Math.abs((places.get(a) ?? 0) - (places.get(b) ?? 0));
    sum += weight * Math.min(distance, order.length - distance);
  }
  return sum;
}

function swap(order: number[], i: number, j: number): void {
  const [a, b] = [order[i], order[j]];
  if (a === undefined || b === undefined) return;
  order[i] = b;
  order[j] = a;
}
