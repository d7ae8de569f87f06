import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { agentKey } from '../../graph/keys.ts';
import type { Store } from '../state/store.ts';
import { graphWanted, type WantedParts } from './graph-wanted.ts';
import { pictureLooks } from './picture-looks.ts';

/** Calls of which the graph is folded anew while somebody types, in a few milliseconds. */
const FOLDED_AT_ONCE = 5_000;
/** With more, what is found is listed first, and the graph follows when the typing rests. */
const REST_MS = 120;

/** How the parts of the graph look now, and the key of the chosen agent. */
export function useLooks({ run, view, query, matches, playhead }: Store): {
  looks: ReadonlySignal<ReturnType<typeof pictureLooks>>;
  chosen: ReadonlySignal<string | undefined>;
} {
  const chosen = useComputed(() => {
    const { agent } = view.value;
    return agent === undefined || !run.speakerById.has(agent) ? undefined : agentKey(agent);
  });
  const wanted = useSignal<WantedParts | undefined>(undefined);
  useSignalEffect(() => {
    const { from, to } = view.value;
    const found = matches.value;
    const isNarrowed = query.value.terms.length > 0 || from !== undefined || to !== undefined;
    const fold = () => {
      wanted.value = isNarrowed ? graphWanted(run, found) : undefined;
    };
    if (run.calls.count <= FOLDED_AT_ONCE) return fold();
    const later = setTimeout(fold, REST_MS);
    return () => clearTimeout(later);
  });
  const looks = useComputed(() =>
    pictureLooks(run, { at: playhead.value, chosen: chosen.value, only: wanted.value }),
  );
  return { looks, chosen };
}
