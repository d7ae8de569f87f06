import { useComputed } from '@preact/signals';
import { isDense } from '../../matrix/is-dense.ts';
import { Tabs, tabId } from '../parts/tabs.tsx';
import type { Store } from '../state/store.ts';
import type { GraphView } from '../state/view.ts';
import { Matrix } from './matrix.tsx';
import { NodeLink } from './node-link.tsx';

const VIEWS = [
  ['agents', 'Graph'],
  ['matrix', 'Matrix'],
] as const satisfies [GraphView, string][];

/** Who talked to whom and who called which model: as a picture, or as a matrix where lines would be a ball of wool. */
export function GraphPanel({ store }: { store: Store }) {
  const { run, view, change } = store;
  const usual = useComputed(() => (isDense(run.graph) ? 'matrix' : 'agents')).value;
  const chosen = view.value.graph ?? usual;
  return (
    <section class="panel graph-panel" aria-label="Graph">
      <div class="panel-head">
        <Tabs
          label="Graph"
          tabs={VIEWS}
          chosen={chosen}
          panel="graph"
          choose={(id) => change({ graph: id === usual ? undefined : id }, 'replace')}
        />
        <ul class="legend" aria-hidden="true">
          <li class="legend-message">messages</li>
          <li class="legend-call">calls</li>
          <li class="legend-error">error rate</li>
        </ul>
      </div>
      <div class="graph-scroll" id="graph" role="tabpanel" aria-labelledby={tabId('graph', chosen)}>
        {run.graph.nodes.length === 0 ? (
          <p class="empty">Nobody has said or asked anything yet.</p>
        ) : chosen === 'matrix' ? (
          <Matrix store={store} />
        ) : (
          <NodeLink store={store} />
        )}
      </div>
    </section>
  );
}
