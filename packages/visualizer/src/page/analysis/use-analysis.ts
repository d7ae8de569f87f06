import { useEffect, useState } from 'preact/hooks';
import type { PackedAnalysis } from '../../page-data/page-data.ts';
import type { RunModel } from '../run/run-model.ts';

/** What {@link useAnalysis} has: what was found out, or why it cannot be shown. */
export interface OpenedAnalysis {
  run: RunModel;
  value?: PackedAnalysis | undefined;
  error?: string;
}

/** The run's analysis, opened when it is `wanted`; `undefined` until it is there. */
export function useAnalysis(run: RunModel, wanted: boolean): OpenedAnalysis | undefined {
  const [opened, setOpened] = useState<OpenedAnalysis>();
  useEffect(() => {
    if (!wanted) return;
    let isWanted = true;
    run.analysis().then(
      (value) => isWanted && setOpened({ run, value }),
      (error) => isWanted && setOpened({ run, error: String(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [run, wanted]);
  return wanted && opened?.run === run ? opened : undefined;
}
