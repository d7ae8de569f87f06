import type { RunTree } from '@pd/call-log/schema';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { isTrouble, statusAt } from '../text/status.ts';
import { Drawer } from './drawer/drawer.tsx';
import { GraphPanel } from './graph/graph-panel.tsx';
import { useKeys } from './hooks/use-keys.ts';
import type { Theme } from './hooks/use-theme.ts';
import { ListPanel } from './lists/list-panel.tsx';
import { neighbourCall } from './model/neighbour-call.ts';
import { Overview } from './overview/overview.tsx';
import { usePlayback } from './overview/use-playback.ts';
import { HelpDialog } from './parts/help-dialog.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { SearchBox } from './search/search-box.tsx';
import type { Store } from './state/store.ts';
import { TablePanel } from './tables/table-panel.tsx';
import { panWindow, zoomWindow } from './timeline/move-window.ts';
import { type Palette, readPalette } from './timeline/palette.ts';
import { Timeline } from './timeline/timeline.tsx';

/** What share of the visible time an arrow key moves by. */
const PAN_STEP = 0.1;

interface RunViewProps {
  store: Store;
  theme: Theme;
  runs: readonly RunTree['run'][];
  choose: (id: string) => void;
}

/** One run: what it came to on top, who took part on the left, what happened on the right, time below. */
export function RunView({ store, theme, runs, choose }: RunViewProps) {
  const { run, view, change, call, matches, window: timeWindow } = store;
  const [helpIsOpen, setHelpIsOpen] = useState(false);
  const palette = usePalette(store, theme.isDark);
  const playback = usePlayback(store);

  const step = (by: 1 | -1, isWanted?: (place: number) => boolean) => {
    const next = neighbourCall(run.calls, call.peek(), by, (place) =>
      isWanted === undefined ? matches.peek().calls[place] === 1 : isWanted(place),
    );
    const id = run.calls.id[next ?? -1];
    if (id !== undefined) change({ call: id, message: undefined }, 'replace');
  };
  const isTheirs = (place: number) => {
    const current = call.peek();
    return current === undefined || run.calls.agent[place] === run.calls.agent[current];
  };
  const zoom = (factor: number) => {
    const { start, end } = timeWindow.peek();
    timeWindow.value = zoomWindow({ start, end }, factor, (start + end) / 2, run.end);
  };
  const pan = (by: 1 | -1) => {
    const { start, end } = timeWindow.peek();
    timeWindow.value = panWindow({ start, end }, by * (end - start) * PAN_STEP, run.end);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    n: () => step(1, isTheirs),
    p: () => step(-1, isTheirs),
    e: () => step(1, (place) => isTrouble(statusAt(run.calls.status[place]))),
    d: () => change({ diff: view.peek().diff ? undefined : true }, 'replace'),
    ' ': playback.toggle,
    '/': () => document.getElementById('search')?.focus(),
    '+': () => zoom(0.5),
    '-': () => zoom(2),
    '0': () => {
      timeWindow.value = { start: 0, end: run.end };
    },
    ArrowLeft: () => pan(-1),
    ArrowRight: () => pan(1),
    t: theme.toggle,
    '?': () => setHelpIsOpen(true),
    Escape: () => {
      const { call: opened, message, agent } = view.peek();
      if (opened !== undefined || message !== undefined) change({ call: undefined, message: undefined });
      else if (agent !== undefined) change({ agent: undefined });
      else store.playhead.value = undefined;
    },
  });

  return (
    <>
      <TopBar store={store} theme={theme} runs={runs} choose={choose} onHelp={() => setHelpIsOpen(true)}>
        <SearchBox store={store} />
      </TopBar>
      <main class="main">
        <div class="column column-who">
          {palette && <GraphPanel store={store} palette={palette} />}
          <TablePanel store={store} />
        </div>
        <div class="column column-what">
          {palette && <Timeline store={store} palette={palette} />}
          <ListPanel store={store} />
        </div>
      </main>
      {palette && <Overview store={store} palette={palette} playback={playback} />}
      <Drawer store={store} step={step} />
      {helpIsOpen && <HelpDialog onClose={() => setHelpIsOpen(false)} />}
    </>
  );
}

/** The colours of the theme for what is drawn on a canvas; known once the theme is applied. */
function usePalette({ run }: Store, isDark: boolean): Palette | undefined {
  const [palette, setPalette] = useState<Palette>();
  const colours = useMemo(() => run.speakers.map(({ colour }) => colour), [run]);
  useLayoutEffect(() => setPalette(readPalette(document.body, colours)), [colours, isDark]);
  return palette;
}
