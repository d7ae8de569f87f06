import type { Link, Links } from './links.ts';
import type { Timeline } from './timeline.ts';

/** A moment from which on the graph has more edges. */
export interface Growth {
  at: number;
  /** How many of all links there are by then. */
  count: number;
}

/**
 * A list of edges holds all edges so far, so that one for each new edge would be quadratic. As long as their lengths come to no
 * more than this there is one whenever there is a new edge (440 edges do fit); from then on, whenever an eighth has been added.
 */
const EXACT_ENTRIES = 100_000;
const GROWTH = 1.125;

/** How the graph grows along a timeline: each link as it is first used. */
export function growthOf(
  { moments, starts, placeOf }: Timeline,
  links: Links,
): { links: Link[]; growths: Growth[] } {
  const known = new Set<Link>();
  const growths: Growth[] = [];
  let entries = 0;
  let written = 0;
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? moments.length;
    for (const moment of moments.slice(start, end)) {
      const { link } = links.of(moment);
      if (link !== undefined) known.add(link);
    }
    const first = moments[start];
    const count = known.size;
    const isDue = entries + count <= EXACT_ENTRIES || count >= written * GROWTH || end === moments.length;
    if (first === undefined || count === written || !isDue) return;
    growths.push({ at: placeOf(first), count });
    entries += count;
    written = count;
  });
  return { links: [...known], growths };
}
