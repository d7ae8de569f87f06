import type { Links } from './links.ts';

/** Above this many places the improvement, which grows with their square, is left out. */
const MOST_PLACES_TO_IMPROVE = 60;
/** Rounds of swaps; pictures hardly change after the first few. */
const MOST_ROUNDS = 12;

/**
 * The order of speakers around a ring such that those who talk a lot sit close together, which also keeps
 * crossings few: a greedy chain, then swaps as long as they shorten the chords. Ties keep the given order.
 */
export function ringOrder(members: readonly number[], links: Links): number[] {
  const order = chain(members, links);
  if (order.length < 4 || order.length > MOST_PLACES_TO_IMPROVE) return order;
  const places = new Map(order.map((member, place) => [member, place]));
  for (let round = 0, improved = true; improved && round < MOST_ROUNDS; round++) {
    improved = false;
    // The first place stays, so that the picture does not turn.
    for (let i = 1; i < order.length - 1; i++) {
      for (let j = i + 1; j < order.length; j++) {
        const before = chordLength(order, places, links, i, j);
        swap(order, places, i, j);
        if (chordLength(order, places, links, i, j) < before - 1e-9) improved = true;
        else swap(order, places, i, j);
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

/** Of the chords that end at one of two places; those between the two are the same after a swap. */
function chordLength(
  order: readonly number[],
  places: ReadonlyMap<number, number>,
  links: Links,
  ...ends: [number, number]
): number {
  let sum = 0;
  for (const end of ends) {
    for (const [neighbour, weight] of links.of[order[end] ?? -1] ?? []) {
      const place = places.get(neighbour);
      if (place === undefined) continue;
      const distance = Math.abs(end - place);
      sum += weight * Math.min(distance, order.length - distance);
    }
  }
  return sum;
}

function swap(order: number[], places: Map<number, number>, i: number, j: number): void {
  const [a, b] = [order[i], order[j]];
  if (a === undefined || b === undefined) return;
  order[i] = b;
  order[j] = a;
  places.set(b, i);
  places.set(a, j);
}
