import { useMemo } from 'preact/hooks';
import { isSpeaker } from '../../graph/is-speaker.ts';
import type { GraphNode } from '../../graph/run-graph.ts';
import { formatCount, formatDuration } from '../../text/format.ts';
import { tokensOf, tokensText } from '../graph/part-words.ts';
import { costText } from '../model/cost.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { RunModel } from '../run/run-model.ts';
import type { Store } from '../state/store.ts';
import { type PairRow, pairRows } from './pair-rows.ts';
import { SortableTable, type TableColumn } from './sortable-table.tsx';

/** The graph's edges as a table: who wrote to whom, who asked which model, who used which tool. */
export function PairTable({ store: { run, view, change } }: { store: Store }) {
  const { q, agent } = view.value;
  const all = useMemo(() => pairRows(run.graph), [run]);
  const rows = useMemo(
    () =>
      agent === undefined ? all : all.filter(({ from, to }) => isAgent(from, agent) || isAgent(to, agent)),
    [all, agent],
  );
  const columns = useMemo(
    (): TableColumn<PairRow>[] => [
      {
        id: 'from',
        title: 'From',
        isNumber: false,
        sortBy: ({ from }) => from.label,
        cell: ({ from, to, kind, search }) => (
          <button
            type="button"
            aria-pressed={q === search}
            aria-label={`${from.label} to ${to.label}: ${kind}`}
            onClick={() => change({ q: q === search ? undefined : search })}
          >
            <NodeName run={run} node={from} />
          </button>
        ),
      },
      {
        id: 'to',
        title: 'To',
        isNumber: false,
        sortBy: ({ to }) => to.label,
        cell: ({ to }) => <NodeName run={run} node={to} />,
      },
      { id: 'kind', title: 'What', isNumber: false, sortBy: ({ kind }) => kind, cell: ({ kind }) => kind },
      number(
        'count',
        'Count',
        ({ edge }) => edge.count,
        ({ edge }) => formatCount(edge.count),
      ),
      {
        ...number(
          'errors',
          'Errors',
          ({ edge }) => edge.errors,
          ({ edge }) => (edge.errors === 0 ? '–' : formatCount(edge.errors)),
        ),
        isBad: ({ edge }) => edge.errors > 0,
      },
      {
        ...number(
          'tokens',
          'Tokens',
          ({ totals }) => totals && tokensOf(totals),
          ({ totals }) => (totals ? tokensText(totals) : '–'),
        ),
        hint: 'of messages: of the calls they came from',
      },
      {
        ...number(
          'cost',
          'Cost',
          ({ totals }) => totals?.costUsd,
          ({ totals }) => (totals ? costText(totals) : '–'),
        ),
        hint: 'of messages: of the calls they came from',
      },
      {
        ...number(
          'p50',
          'p50',
          ({ p50Ms }) => p50Ms,
          ({ p50Ms }) => (p50Ms === undefined ? '–' : formatDuration(p50Ms)),
        ),
        hint: 'half of them took no longer',
      },
    ],
    [run, q, change],
  );
  // Not drawn again with everything else that the view changes.
  return useMemo(
    () =>
      rows.length === 0 ? (
        <p class="empty">Nobody wrote to anybody or asked anything.</p>
      ) : (
        <SortableTable
          class="pairs"
          label="Pairs"
          rows={rows}
          columns={columns}
          keyOf={({ edge }) => edge.key}
          isSelected={({ search }) => q === search}
        />
      ),
    [rows, columns, q],
  );
}

function isAgent(node: GraphNode, id: string): boolean {
  return isSpeaker(node) && node.id === id;
}

function NodeName({ run, node }: { run: RunModel; node: GraphNode }) {
  if (isSpeaker(node)) return <SpeakerName run={run} id={node.id} />;
  return (
    <span class="speaker" style={{ '--c': 'var(--model)' }} title={`${node.kind} ${node.id}`}>
      <span class="dot dot-square dot-hollow" aria-hidden="true" />
      <bdi>{node.label}</bdi>
    </span>
  );
}

function number(
  id: string,
  title: string,
  sortBy: TableColumn<PairRow>['sortBy'],
  cell: TableColumn<PairRow>['cell'],
): TableColumn<PairRow> {
  return { id, title, isNumber: true, sortBy, cell };
}
