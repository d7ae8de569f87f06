import { plural } from '../model/format.ts';
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
        <div class="tabs" role="tablist" aria-label="Graph in words">
          {TABS.map(([id, title]) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`table-tab-${id}`}
              aria-selected={chosen === id}
              aria-controls="table"
              onClick={() => change({ table: id === 'agents' ? undefined : id }, 'replace')}
            >
              {title}
            </button>
          ))}
        </div>
        <span class="panel-note">
          {chosen === 'pairs' ? plural(run.graph.edges.length, 'pair') : plural(run.speakers.length, 'name')}
        </span>
      </div>
      <div class="table-body" id="table" role="tabpanel" aria-labelledby={`table-tab-${chosen}`}>
        {chosen === 'pairs' ? <PairTable store={store} /> : <AgentTable store={store} />}
      </div>
    </section>
  );
}
