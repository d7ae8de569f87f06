import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Store } from '../state/store.ts';
import { useAnalysis } from './use-analysis.ts';

/** Places of the calls on the critical path, while somebody wants to see it in the timeline. */
export function useShownPath({ run, view }: Store): ReadonlySignal<Int32Array | undefined> {
  const path = useSignal<Int32Array | undefined>(undefined);
  const opened = useAnalysis(run, view.value.path === true);
  useEffect(() => {
    const places = opened?.value?.path;
    path.value = places && Int32Array.from(places);
  }, [path, opened]);
  return path;
}
