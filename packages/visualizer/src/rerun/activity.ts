import { isFailed } from '../graph/totals.ts';
import type { Moment } from './moments.ts';
import type { Link, Scene } from './scene.ts';

/** Why a node is lit; a later one of this list wins. */
export const LIGHTS = ['hears', 'answers', 'speaks', 'failed'] as const;
export type Light = (typeof LIGHTS)[number];

/** What is going on from one moment of a timeline to the next. */
export interface Activity {
  /** On the timeline: the number of a call, or milliseconds since 1970. */
  at: number;
  /** Lit nodes. */
  lights: ReadonlyMap<number, Light>;
  /** Links in use, the longest first, each once. */
  links: readonly Link[];
}

/** How many links are drawn at the same time, over all rows of a timeline; what bounds the file when thousands of calls are in flight at once. */
const LINK_BUDGET = 1_000_000;

/** Call by call: everything that belongs to a call is going on at its number. */
export function activityByCall(moments: readonly Moment[], scene: Scene): Activity[] {
  const groups = groupBy(moments, ({ call }) => call);
  const most = mostLinks(groups.length);
  return groups.map(({ at, members }) => {
    const activity = createActivity(at, most);
    for (const moment of members) activity.add(moment, scene.linkOf(moment));
    return activity;
  });
}

/** In time: a call is going on until it ends, a message or a failure until anything else happens. */
export function activityByTime(moments: readonly Moment[], scene: Scene): Activity[] {
  const groups = groupBy(moments, ({ ms }) => ms);
  const most = mostLinks(groups.length);
  const inFlight = new Map<number, { moment: Moment; link: Link }>();
  return groups.map(({ at, members }) => {
    for (const moment of members)
      if (moment.type === 'pre') inFlight.set(moment.call, { moment, link: scene.linkOf(moment) });
    const ended = members.filter(({ type }) => type === 'post').map(({ call }) => call);
    // A call that ends as it begins is seen like a message; any other is over.
    for (const call of ended) if (inFlight.get(call)?.moment.ms !== at) inFlight.delete(call);

    const activity = createActivity(at, most);
    let shown = 0;
    for (const { moment, link } of inFlight.values()) {
      if (shown++ === most) break;
      activity.add(moment, link);
    }
    for (const moment of members) if (moment.type !== 'pre') activity.add(moment, scene.linkOf(moment));
    for (const call of ended) inFlight.delete(call);
    return activity;
  });
}

/** Neighbours with the same place on a timeline. */
function groupBy(moments: readonly Moment[], place: (moment: Moment) => number) {
  const groups: { at: number; members: Moment[] }[] = [];
  for (const moment of moments) {
    const at = place(moment);
    const last = groups.at(-1);
    if (last?.at === at) last.members.push(moment);
    else groups.push({ at, members: [moment] });
  }
  return groups;
}

function mostLinks(rows: number): number {
  return Math.max(1, Math.floor(LINK_BUDGET / Math.max(1, rows)));
}

function createActivity(at: number, most: number) {
  const lights = new Map<number, Light>();
  const links: Link[] = [];
  const known = new Set<string>();
  const light = (node: number | undefined, as: Light) => {
    if (node === undefined) return;
    const now = lights.get(node);
    if (now === undefined || LIGHTS.indexOf(as) > LIGHTS.indexOf(now)) lights.set(node, as);
  };
  return {
    at,
    lights,
    links,
    /** Shows a moment: who takes part in it, and the link between them. */
    add(moment: Moment, link: Link): void {
      if (moment.type === 'post') {
        if (isFailed(moment.node.status)) light(link.from, 'failed');
        return;
      }
      light(link.from, 'speaks');
      light(link.to, moment.type === 'message' ? 'hears' : 'answers');
      const key = `${link.from} ${link.to}`;
      if (link.from === undefined || link.to === undefined || known.has(key) || links.length >= most) return;
      known.add(key);
      links.push(link);
    },
  };
}
