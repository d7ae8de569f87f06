import { useComputed } from '@preact/signals';
import { isDense } from '../../matrix/is-dense.ts';
import { Tabs, tabId } from '../parts/tabs.tsx';
import type { Store } from '../state/store.ts';
import type { GraphView } from '../state/view.ts';
import type { Palette } from '../timeline/palette.ts';
import { CallsView } from './calls/calls-view.tsx';
import { MatrixView } from './matrix/matrix-view.tsx';
import { NodeLink } from './node-link.tsx';

const VIEWS = [
  ['agents', 'Graph'],
  ['calls', 'Calls'],
  ['matrix', 'Matrix'],
] as const satisfies [GraphView, string][];

/** Who talked to whom and who called which model: as a picture, or as a matrix where lines would be a ball of wool. */
export function GraphPanel({ store, palette }: { store: Store; palette: Palette }) {
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
        ) : (
          <Chosen store={store} palette={palette} chosen={chosen} />
        )}
      </div>
    </section>
  );
}

function Chosen({ store, palette, chosen }: { store: Store; palette: Palette; chosen: GraphView }) {
  switch (chosen) {
    case 'agents':
      return <NodeLink store={store} palette={palette} />;
    case 'calls':
      return <CallsView store={store} />;
    case 'matrix':
      return <MatrixView store={store} palette={palette} />;
  }
}
