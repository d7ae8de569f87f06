import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Store } from '../state/store.ts';
import { useAnalysis } from './use-analysis.ts';

/** Places of the calls on the critical path, while somebody wants to see it in the timeline. */
export function useShownPath({ run, view }: Store): ReadonlySignal<readonly number[] | undefined> {
  const path = useSignal<readonly number[] | undefined>(undefined);
  const opened = useAnalysis(run, view.value.path === true);
  useEffect(() => {
    path.value = opened?.value?.path;
  }, [path, opened]);
  return path;
}
