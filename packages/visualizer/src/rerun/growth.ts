import type { Moment } from './moments.ts';
import type { Link, Scene } from './scene.ts';

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

/**
 * How the graph grows: each link as it is first used.
 *
 * @param moments in the order of the timeline
 * @param place of a moment on the timeline
 */
export function growthOf(
  moments: readonly Moment[],
  place: (moment: Moment) => number,
  { linkOf }: Scene,
): { links: Link[]; growths: Growth[] } {
  const known = new Set<string>();
  const links: Link[] = [];
  const growths: Growth[] = [];
  let entries = 0;
  let written = 0;
  moments.forEach((moment, index) => {
    const link = linkOf(moment);
    const key = `${link.from} ${link.to}`;
    if (link.from !== undefined && link.to !== undefined && !known.has(key)) {
      known.add(key);
      links.push(link);
    }
    const next = moments[index + 1];
    const at = place(moment);
    const count = links.length;
    if (count === written || (next !== undefined && place(next) === at)) return;
    const isDue = next === undefined || entries + count <= EXACT_ENTRIES || count >= written * 1.125;
    if (!isDue) return;
    growths.push({ at, count });
    entries += count;
    written = count;
  });
  return { links, growths };
}
