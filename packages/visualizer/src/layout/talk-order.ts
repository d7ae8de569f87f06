import type { Links } from './links.ts';

/** Rounds of averaging. More hardly change the order, and each costs a step per link. */
const ROUNDS = 120;

/**
 * An order in which those who talk with each other stand side by side, found in time linear in the links:
 * the largest group that talks among itself first, each along the second eigenvector of its random walk, by
 * power iteration. Ties keep the given order; whoever talks with nobody stands last.
 *
 * @see https://doi.org/10.1137/S0097539795285771 (Atkins, Boman, Hendrickson: spectral seriation)
 */
export function talkOrder({ of }: Links): number[] {
  const groups = connected(of).sort((a, b) => b.length - a.length);
  return groups.flatMap((group) => (group.length < 3 ? group : alongEigenvector(group, of)));
}

function connected(of: Links['of']): number[][] {
  const seen = new Uint8Array(of.length);
  const groups: number[][] = [];
  for (let first = 0; first < of.length; first++) {
    if (seen[first]) continue;
    seen[first] = 1;
    const group = [first];
    // Grows while it is gone through.
    for (const member of group) {
      for (const neighbour of of[member]?.keys() ?? []) {
        if (seen[neighbour]) continue;
        seen[neighbour] = 1;
        group.push(neighbour);
      }
    }
    groups.push(group);
  }
  return groups;
}

function alongEigenvector(group: readonly number[], of: Links['of']): number[] {
  const places = new Map(group.map((member, place) => [member, place]));
  const rows = group.map((member) =>
    [...(of[member] ?? [])].map(([other, weight]) => [places.get(other) ?? 0, weight] as const),
  );
  const degrees = Float64Array.from(rows, (row) => row.reduce((sum, [, weight]) => sum + weight, 0));
  // Begins with the distance from the first member, which is near the answer on long chains.
  let position = Float64Array.from(group.keys());
  for (let round = 0; round < ROUNDS; round++) {
    centre(position, degrees);
    const next = new Float64Array(position.length);
    rows.forEach((row, place) => {
      let sum = 0;
      for (const [other, weight] of row) sum += weight * (position[other] ?? 0);
      // Half of itself, so that groups with two sides do not swing to and fro.
      next[place] = ((position[place] ?? 0) + sum / (degrees[place] || 1)) / 2;
    });
    position = next;
  }
  const order = [...group.keys()].sort((a, b) => (position[a] ?? 0) - (position[b] ?? 0) || a - b);
  // Begins with the end that was on record first.
  const ends = [order[0] ?? 0, order.at(-1) ?? 0];
  if ((group[ends[0] ?? 0] ?? 0) > (group[ends[1] ?? 0] ?? 0)) order.reverse();
  return order.map((place) => group[place] ?? 0);
}

/** Takes the trivial eigenvector out, and keeps numbers from becoming too small. */
function centre(position: Float64Array, degrees: Float64Array): void {
  let sum = 0;
  let weight = 0;
  position.forEach((value, place) => {
    sum += value * (degrees[place] ?? 0);
    weight += degrees[place] ?? 0;
  });
  const mean = weight === 0 ? 0 : sum / weight;
  let largest = 0;
  for (let place = 0; place < position.length; place++) {
    position[place] = (position[place] ?? 0) - mean;
    largest = Math.max(largest, Math.abs(position[place] ?? 0));
  }
  if (largest > 0)
    for (let place = 0; place < position.length; place++) position[place] = (position[place] ?? 0) / largest;
}
