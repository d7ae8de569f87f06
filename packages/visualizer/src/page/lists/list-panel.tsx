import { AnalysisView } from '../analysis/analysis-view.tsx';
import { plural } from '../model/format.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
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
        <div class="tabs" role="tablist" aria-label="What happened">
          {tabs.map(([id, title]) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={chosen === id}
              aria-controls="list"
              onClick={() => change({ list: id === 'transcript' ? undefined : id }, 'replace')}
            >
              {title}
            </button>
          ))}
        </div>
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
            onClick={() => change({ agent: undefined })}
            aria-label="Show everybody"
          >
            only <SpeakerName run={run} id={agent.id} /> <span aria-hidden="true">✕</span>
          </button>
        )}
      </div>
      <div class="list" id="list" role="tabpanel" aria-labelledby={`tab-${chosen}`}>
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
