import { plural } from '../../text/format.ts';
import { AnalysisView } from '../analysis/analysis-view.tsx';
import { SpeakerName } from '../parts/speaker-name.tsx';
import { Tabs, tabId } from '../parts/tabs.tsx';
import type { Store } from '../state/store.ts';
import type { ListView } from '../state/view.ts';
import { CallList } from './call-list.tsx';
import { Record } from './record.tsx';
import { Transcript } from './transcript.tsx';

const TABS = [
  ['transcript', 'Transcript'],
  ['calls', 'Calls'],
  ['analysis', 'Analysis'],
  ['record', 'Record'],
] as const satisfies [ListView, string][];

/** What was said and what was asked, in words. */
export function ListPanel({ store }: { store: Store }) {
  const { view, change, run, speaker, wanted } = store;
  const tabs = TABS.filter(([id]) => id !== 'analysis' || run.hasAnalysis);
  const chosen = tabs.find(([id]) => id === view.value.list)?.[0] ?? 'transcript';
  const agent = run.speakers[speaker.value ?? -1];
  return (
    <section class="panel list-panel" aria-label="What happened">
      <div class="panel-head">
        <Tabs
          label="What happened"
          tabs={tabs}
          chosen={chosen}
          panel="list"
          choose={(id) => change({ list: id === 'transcript' ? undefined : id }, 'replace')}
        />
        <span class="panel-note">
          {chosen === 'analysis'
            ? 'of the whole run'
            : chosen === 'calls' || run.messages.count === 0
              ? plural(wanted.value.calls.length, 'call')
              : plural(wanted.value.messages.length, 'message')}
        </span>
        {agent !== undefined && (
          <button
            type="button"
            class="chip"
            onClick={() => {
              change({ agent: undefined });
              // The chip is gone then, and with it the focus.
              document.getElementById(tabId('list', chosen))?.focus();
            }}
          >
            <span class="hidden">Show everybody, not</span> only <SpeakerName run={run} id={agent.id} />{' '}
            <span aria-hidden="true">✕</span>
          </button>
        )}
      </div>
      <div class="list" id="list" role="tabpanel" aria-labelledby={tabId('list', chosen)}>
        <List store={store} chosen={chosen} />
      </div>
    </section>
  );
}

function List({ store, chosen }: { store: Store; chosen: ListView }) {
  switch (chosen) {
    case 'calls':
      return <CallList store={store} />;
    case 'analysis':
      return <AnalysisView store={store} />;
    case 'record':
      return <Record store={store} />;
    default:
      return <Transcript store={store} />;
  }
}
