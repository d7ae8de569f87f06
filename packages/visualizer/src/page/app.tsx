import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { PackedRun, PageTheme } from '../page-data/page-data.ts';
import { useTheme } from './hooks/use-theme.ts';
import { placeOfRun } from './run/place-of-run.ts';
import type { RunModel } from './run/run-model.ts';
import { warmUp } from './run/warm-up.ts';
import { RunView } from './run-view.tsx';
import { createStore } from './state/store.ts';
import { parseView } from './state/view.ts';

interface AppProps {
  /** All runs of the document. */
  runs: readonly PackedRun[];
  /** The one that it opens with. */
  first: RunModel;
  /** Why that is not the one that was asked for. */
  problem: string | undefined;
  open(place: number): Promise<RunModel>;
  theme: PageTheme;
}

/** The whole page: one of the document's runs, and the choice of another one. */
export function App({ runs, first, problem: initialProblem, open, theme: initialTheme }: AppProps) {
  const theme = useTheme(initialTheme);
  const [run, setRun] = useState(first);
  const [problem, setProblem] = useState(initialProblem);
  const store = useMemo(() => createStore(run), [run]);
  useEffect(() => warmUp(run), [run]);
  // At once: what the last run's store still has to say must not get into the next one's URL.
  useLayoutEffect(() => store.close, [store]);
  useEffect(() => {
    let isLatest = {};
    const follow = async () => {
      const wanted = Math.max(0, placeOfRun(runs, parseView(location.hash).run));
      const mine = {};
      isLatest = mine;
      if (runs[wanted]?.run.id === run.run.id) return;
      try {
        const next = await open(wanted);
        if (isLatest !== mine) return;
        setProblem(undefined);
        setRun(next);
      } catch (error) {
        if (isLatest === mine) setProblem(String(error));
      }
    };
    addEventListener('hashchange', follow);
    return () => {
      isLatest = {};
      removeEventListener('hashchange', follow);
    };
  }, [run, runs, open]);
  const choose = (id: string) => {
    location.hash = `#${new URLSearchParams({ run: id })}`;
  };
  return (
    <>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <RunView
        key={run.run.id}
        store={store}
        theme={theme}
        runs={runs.map(({ run }) => run)}
        choose={choose}
      />
    </>
  );
}
