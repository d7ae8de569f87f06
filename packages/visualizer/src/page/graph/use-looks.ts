import { type ReadonlySignal, useComputed } from '@preact/signals';
import { agentKey } from '../../graph/keys.ts';
import type { Store } from '../state/store.ts';
import { graphWanted } from './graph-wanted.ts';
import { pictureLooks } from './picture-looks.ts';

/** How the parts of the graph look now, and the key of the chosen agent. */
export function useLooks({ run, view, query, matches, playhead }: Store): {
  looks: ReadonlySignal<ReturnType<typeof pictureLooks>>;
  chosen: ReadonlySignal<string | undefined>;
} {
  const chosen = useComputed(() => {
    const { agent } = view.value;
    return agent === undefined || !run.speakerById.has(agent) ? undefined : agentKey(agent);
  });
  const wanted = useComputed(() => {
    const { from, to } = view.value;
    const isNarrowed = query.value.terms.length > 0 || from !== undefined || to !== undefined;
    return isNarrowed ? graphWanted(run, matches.value) : undefined;
  });
  const looks = useComputed(() =>
    pictureLooks(run, { at: playhead.value, chosen: chosen.value, only: wanted.value }),
  );
  return { looks, chosen };
}
