import { useMemo } from 'preact/hooks';
import type { GraphTotals } from '../../graph/run-graph.ts';
import { emptyTotals } from '../../graph/totals.ts';
import { formatCount } from '../../text/format.ts';
import { tokensOf, tokensText } from '../graph/part-words.ts';
import { costText } from '../model/cost.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { Speaker } from '../run/speaker.ts';
import type { Store } from '../state/store.ts';
import { SortableTable, type TableColumn } from './sortable-table.tsx';

interface AgentRow {
  speaker: Speaker;
  totals: GraphTotals;
  /** Messages. */
  said: number;
}

/** The graph's nodes as a table: who took part and what each of them came to. */
export function AgentTable({ store: { run, view, change } }: { store: Store }) {
  const { agent } = view.value;
  const rows = useMemo(() => {
    const sent = new Map<number, number>();
    for (const from of run.messages.from) sent.set(from, (sent.get(from) ?? 0) + 1);
    const totals = new Map(run.graph.nodes.map((node) => [run.speakerByKey.get(node.key), node.totals]));
    return run.speakers.map((speaker): AgentRow => {
      return { speaker, totals: totals.get(speaker) ?? emptyTotals(), said: sent.get(speaker.place) ?? 0 };
    });
  }, [run]);
  const columns = useMemo(
    (): TableColumn<AgentRow>[] => [
      {
        id: 'name',
        title: 'Name',
        isNumber: false,
        sortBy: ({ speaker }) => speaker.label,
        cell: ({ speaker: { id } }) => (
          <button
            type="button"
            aria-pressed={id === agent}
            onClick={() => change({ agent: id === agent ? undefined : id })}
          >
            <SpeakerName run={run} id={id} />
          </button>
        ),
      },
      count('calls', 'Calls', ({ totals }) => totals.calls),
      {
        ...count('errors', 'Errors', ({ totals }) => totals.errors),
        isBad: ({ totals }) => totals.errors > 0,
      },
      { ...count('said', 'Said', ({ said }) => said), hint: 'messages to others' },
      {
        id: 'tokens',
        title: 'Tokens',
        isNumber: true,
        sortBy: ({ totals }) => tokensOf(totals),
        cell: ({ totals }) => tokensText(totals),
      },
      {
        id: 'cost',
        title: 'Cost',
        isNumber: true,
        sortBy: ({ totals }) => totals.costUsd,
        cell: ({ totals }) => costText(totals),
      },
    ],
    [run, agent, change],
  );
  // Not drawn again with everything else that the view changes.
  return useMemo(
    () => (
      <SortableTable
        class="agents"
        label="Agents"
        rows={rows}
        columns={columns}
        keyOf={({ speaker }) => speaker.id}
        isSelected={({ speaker }) => speaker.id === agent}
      />
    ),
    [rows, columns, agent],
  );
}

/** A column of a number that is a dash when there is nothing to count. */
function count(id: string, title: string, sortBy: (row: AgentRow) => number): TableColumn<AgentRow> {
  return {
    id,
    title,
    isNumber: true,
    sortBy,
    cell: (row) => (sortBy(row) === 0 ? '–' : formatCount(sortBy(row))),
  };
}
