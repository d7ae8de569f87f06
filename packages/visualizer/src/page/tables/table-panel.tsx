import { plural } from '../../text/format.ts';
import { Tabs, tabId } from '../parts/tabs.tsx';
import type { Store } from '../state/store.ts';
import type { TableView } from '../state/view.ts';
import { AgentTable } from './agent-table.tsx';
import { PairTable } from './pair-table.tsx';

const TABS = [
  ['agents', 'Agents'],
  ['pairs', 'Pairs'],
] as const satisfies [TableView, string][];

/** The graph in words: its nodes, or its edges. */
export function TablePanel({ store }: { store: Store }) {
  const { run, view, change } = store;
  const chosen = view.value.table ?? 'agents';
  return (
    <section class="panel agents-panel" aria-label="Agents and pairs">
      <div class="panel-head">
        <Tabs
          label="Graph in words"
          tabs={TABS}
          chosen={chosen}
          panel="table"
          choose={(id) => change({ table: id === 'agents' ? undefined : id }, 'replace')}
        />
        <span class="panel-note">
          {chosen === 'pairs' ? plural(run.graph.edges.length, 'pair') : plural(run.speakers.length, 'name')}
        </span>
      </div>
      <div class="table-body" id="table" role="tabpanel" aria-labelledby={tabId('table', chosen)}>
        {chosen === 'pairs' ? <PairTable store={store} /> : <AgentTable store={store} />}
      </div>
    </section>
  );
}
