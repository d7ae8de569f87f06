import { isFailed } from '../graph/totals.ts';
import type { Link, Links } from './links.ts';
import type { Moment } from './moments.ts';
import type { Timeline } from './timeline.ts';

/** Why a node is lit; a later one of this list wins. */
export const LIGHTS = ['hears', 'answers', 'speaks', 'failed'] as const;
export type Light = (typeof LIGHTS)[number];

/** What is going on from one moment of a timeline to the next. */
export interface Activity {
  /** On the timeline: the number of a call, or milliseconds since 1970. */
  at: number;
  lit: [node: number, light: Light][];
  /** Links in use, each once. */
  links: Link[];
}

/**
 * How many links are drawn at the same time comes, over all rows of a timeline, to no more than this: it bounds the file when
 * thousands of calls are in flight at once, of which those that have been for longest are drawn.
 */
const LINK_BUDGET = 1_000_000;

/**
 * What is going on along a timeline. In time a call is going on until it ends, a message or a failure until anything else
 * happens; call by call, everything that belongs to a call is going on at its number.
 */
export function activitiesOf({ moments, starts, placeOf, overlaps }: Timeline, links: Links): Activity[] {
  const most = Math.max(1, Math.floor(LINK_BUDGET / Math.max(1, starts.length)));
  const inFlight = new Map<number, Moment>();
  const stage = createStage(links, most);
  return starts.map((start, index) => {
    const group = moments.slice(start, starts[index + 1]);
    const at = group[0] === undefined ? 0 : placeOf(group[0]);
    stage.clear(at);
    if (overlaps) {
      for (const moment of group) {
        if (moment.type === 'pre') inFlight.set(moment.call, moment);
        // A call that ends as it begins is seen like a message; any other is over.
        else if (moment.type === 'post' && inFlight.get(moment.call)?.ms !== at) inFlight.delete(moment.call);
      }
      let shown = 0;
      for (const moment of inFlight.values()) {
        if (shown++ === most) break;
        stage.show(moment);
      }
    }
    for (const moment of group) {
      if (!overlaps || moment.type !== 'pre') stage.show(moment);
      if (moment.type === 'post') inFlight.delete(moment.call);
    }
    return stage.activity();
  });
}

/** Collects what goes on at a moment. What it needs to remember is kept, because there may be 300,000 moments. */
function createStage(links: Links, most: number) {
  const lit = new Map<number, Light>();
  /** By the links' numbers: at which of the moments each was last in use. */
  const seen: number[] = [];
  let moment = 0;
  let at = 0;
  let inUse: Link[] = [];
  const light = (node: number | undefined, as: Light) => {
    if (node === undefined) return;
    const known = lit.get(node);
    if (known === undefined || LIGHTS.indexOf(as) > LIGHTS.indexOf(known)) lit.set(node, as);
  };
  return {
    clear(place: number): void {
      at = place;
      moment++;
      lit.clear();
      inUse = [];
    },
    /** Shows who takes part in something, and the link between them. */
    show(what: Moment): void {
      const { from, to, link } = links.of(what);
      if (what.type === 'post') {
        if (isFailed(what.node.status)) light(from, 'failed');
        return;
      }
      light(from, 'speaks');
      light(to, what.type === 'message' ? 'hears' : 'answers');
      if (link === undefined || seen[link.index] === moment || inUse.length >= most) return;
      seen[link.index] = moment;
      inUse.push(link);
    },
    activity: (): Activity => ({ at, lit: [...lit], links: inUse }),
  };
}
