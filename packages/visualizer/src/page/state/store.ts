import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Interval } from '../../page-data/interval.ts';
import type { RunModel } from '../run/run-model.ts';
import { findMatches, type Matches } from '../search/filter.ts';
import { parseQuery, type Query } from '../search/query.ts';
import { wantedPlaces } from '../search/wanted-places.ts';
import { formatView, parseView, type View } from './view.ts';

/** How long something that moves has to rest before lists follow it and the URL says so, in milliseconds. */
const REST_MS = 180;

/** Changes part of the view; `replace` leaves no step for the back button. */
export type Change = (
  part: { [Field in keyof View]?: View[Field] | undefined },
  how?: 'push' | 'replace',
) => void;

/**
 * What all parts of the page share. `view` is what the URL says; the playhead and the window of time move many times a
 * second while somebody drags them, so they have signals of their own, which the URL follows when they rest.
 */
export interface Store {
  readonly run: RunModel;
  readonly view: ReadonlySignal<View>;
  readonly change: Change;
  /** Milliseconds since the run began; `undefined` for the end. */
  readonly playhead: Signal<number | undefined>;
  /** What the timeline shows, in milliseconds since the run began. */
  readonly window: Signal<Interval>;
  readonly query: ReadonlySignal<Query>;
  /** Place of the chosen agent. */
  readonly speaker: ReadonlySignal<number | undefined>;
  /** Place of the call in the drawer. */
  readonly call: ReadonlySignal<number | undefined>;
  readonly matches: ReadonlySignal<Matches>;
  /** Places of what is wanted, in order. */
  readonly wanted: ReadonlySignal<{ calls: Int32Array; messages: Int32Array }>;
  /** What a search through whole texts has added. */
  readonly bodyMatches: Signal<Matches | undefined>;
  /** Whether anything narrows the view down. */
  readonly isFiltered: ReadonlySignal<boolean>;
}

/** The store of a run, in step with the URL's hash from then on. */
export function createStore(run: RunModel): Store & { close(): void } {
  const view = signal(parseView(location.hash));
  const whole = { start: 0, end: run.end };
  const windowOf = ({ from, to }: View): Interval => {
    const start = Math.min(Math.max(0, from ?? 0), run.end - 1);
    return from === undefined && to === undefined
      ? whole
      : { start, end: Math.min(run.end, Math.max(to ?? run.end, start + 1)) };
  };
  const playhead = signal(view.value.at);
  const timeWindow = signal(windowOf(view.value));
  const bodyMatches = signal<Matches | undefined>(undefined);

  const read = () => {
    const next = parseView(location.hash);
    batch(() => {
      view.value = next;
      playhead.value = next.at;
      timeWindow.value = windowOf(next);
    });
  };
  addEventListener('hashchange', read);

  const change: Change = (part, how = 'push') => {
    const next = withoutUnknown({ ...view.peek(), ...part });
    const hash = formatView(next);
    view.value = next;
    if (hash === formatView(parseView(location.hash))) return;
    if (how === 'replace') history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
  };

  let resting: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    const { start, end } = timeWindow.peek();
    const isWhole = start <= 0 && end >= run.end;
    const part = {
      at: playhead.peek(),
      from: isWhole ? undefined : start,
      to: isWhole ? undefined : end,
    };
    const { from, to, at } = view.peek();
    if (part.from !== from || part.to !== to || part.at !== at) change(part, 'replace');
  };
  const restLater = () => {
    clearTimeout(resting);
    resting = setTimeout(settle, REST_MS);
  };
  const stopFollowing = [playhead.subscribe(restLater), timeWindow.subscribe(restLater)];

  const query = computed(() => parseQuery(view.value.q ?? ''));
  const speaker = computed(() => {
    const { agent } = view.value;
    return agent === undefined ? undefined : run.speakerById.get(agent)?.place;
  });
  const find = (wanted: Query) => {
    const { from, to } = view.value;
    return findMatches(run, { speaker: speaker.value, from, to, query: wanted });
  };
  const matches = computed(() => {
    const found = find(query.value);
    if (bodyMatches.value === undefined) return found;
    // The words may stand anywhere in what was said; all else has to hold as well.
    const { problems, terms } = query.value;
    const rest = find({ problems, terms: terms.filter((term) => term.type !== 'text' || term.not) });
    return addFound(found, rest, bodyMatches.value);
  });
  return {
    run,
    view,
    change,
    playhead,
    window: timeWindow,
    query,
    speaker,
    call: computed(() => run.callPlaces.get(view.value.call ?? '')),
    matches,
    wanted: computed(() => ({
      calls: wantedPlaces(matches.value.calls),
      messages: wantedPlaces(matches.value.messages),
    })),
    bodyMatches,
    isFiltered: computed(() => {
      const { from, to } = view.value;
      return (
        query.value.terms.length > 0 || speaker.value !== undefined || from !== undefined || to !== undefined
      );
    }),
    close() {
      removeEventListener('hashchange', read);
      clearTimeout(resting);
      for (const stop of stopFollowing) stop();
    },
  };
}

function addFound(found: Matches, rest: Matches, inBodies: Matches): Matches {
  const add = (list: 'calls' | 'messages') =>
    found[list].map((is, index) => is | ((rest[list][index] ?? 0) & (inBodies[list][index] ?? 0)));
  return { calls: add('calls'), messages: add('messages') };
}

/** What is `undefined` is not there. */
function withoutUnknown(view: { [Field in keyof View]?: View[Field] | undefined }): View {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}
