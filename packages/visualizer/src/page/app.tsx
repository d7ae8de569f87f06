import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PackedRun, PageTheme } from '../page-data/page-data.ts';
import { useTheme } from './hooks/use-theme.ts';
import type { RunModel } from './run/run-model.ts';
import { RunView } from './run-view.tsx';
import { warmSearchText } from './search/search-text.ts';
import { createStore } from './state/store.ts';

interface AppProps {
  /** All runs of the document. */
  runs: readonly PackedRun[];
  /** The one that it opens with. */
  first: RunModel;
  open(place: number): Promise<RunModel> | undefined;
  theme: PageTheme;
}

/** The whole page: one of the document's runs, and the choice of another one. */
export function App({ runs, first, open, theme: initialTheme }: AppProps) {
  const theme = useTheme(initialTheme);
  const [run, setRun] = useState(first);
  const store = useMemo(() => createStore(run), [run]);
  useEffect(() => {
    warmSearchText(run);
    return store.close;
  }, [run, store]);
  const choose = async (id: string) => {
    const next = await open(runs.findIndex((packed) => packed.run.id === id));
    if (next === undefined) return;
    history.pushState(null, '', `#${new URLSearchParams({ run: id })}`);
    setRun(next);
  };
  return (
    <RunView key={run.run.id} store={store} theme={theme} runs={runs.map(({ run }) => run)} choose={choose} />
  );
}
