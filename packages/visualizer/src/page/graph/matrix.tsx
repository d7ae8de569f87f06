import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { toMatrix } from '../../matrix/to-matrix.ts';
import { formatShort, plural } from '../model/format.ts';
import type { Store } from '../state/store.ts';
import { graphAtMoment } from './graph-at-moment.ts';

/** Sides of a cell, in CSS pixels. */
const LARGEST = 30;
const SMALLEST = 9;
const WIDTH_TO_FILL = 480;
/** Smaller cells have no room for a number. */
const LEAST_FOR_NUMBERS = 20;
/** Above this many rows only those who do most are shown; the table has everybody. */
const MOST_LINES = 160;

/** Who talked to whom as a table: rows send, columns receive, the darker the more. */
export function Matrix({ store }: { store: Store }) {
  const { run, view, change, playhead } = store;
  const matrix = useMemo(() => toMatrix(run.graph), [run]);
  const places = useMemo(() => new Map(run.graph.edges.map(({ key }, place) => [key, place])), [run]);
  const columns = matrix.columns.slice(0, MOST_LINES);
  const rows = matrix.rows.slice(0, MOST_LINES);
  const side = Math.max(SMALLEST, Math.min(LARGEST, Math.floor(WIDTH_TO_FILL / Math.max(1, columns.length))));
  const cells = useMemo(() => {
    const byRow = new Map<number, Map<number, (typeof matrix.cells)[number]>>();
    for (const cell of matrix.cells) {
      const row = byRow.get(cell.row) ?? new Map();
      byRow.set(cell.row, row.set(cell.column, cell));
    }
    return byRow;
  }, [matrix]);
  const most = useMemo(() => matrix.cells.reduce((top, { count }) => Math.max(top, count), 1), [matrix]);
  const look = useComputed(() =>
    playhead.value === undefined ? undefined : graphAtMoment(run, playhead.value),
  );
  const countOf = ({ edges, count }: { edges: readonly string[]; count: number }) => {
    const now = look.value;
    return now === undefined
      ? count
      : edges.reduce((sum, key) => sum + now.edgeCount(places.get(key) ?? -1), 0);
  };
  const { agent } = view.value;
  const speakerOf = (key: string) => run.speakerByKey.get(key);
  return (
    <table class="matrix" style={{ '--side': `${side}px` }}>
      <caption class="matrix-note">
        Rows write or ask, columns are written to or asked
        {(rows.length < matrix.rows.length || columns.length < matrix.columns.length) &&
          `; ${rows.length} of ${plural(matrix.rows.length, 'row')}`}
      </caption>
      <thead>
        <tr>
          <td />
          {columns.map(({ key, label }) => (
            <th
              key={key}
              scope="col"
              class={speakerOf(key)?.id === agent && agent !== undefined ? 'is-selected' : undefined}
            >
              <span>{label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label }, row) => {
          const speaker = speakerOf(key);
          const isSelected = speaker !== undefined && speaker.id === agent;
          return (
            <tr
              key={key}
              style={{ '--c': speaker?.colour ?? 'var(--model)' }}
              class={isSelected ? 'is-selected' : undefined}
            >
              <th scope="row">
                <button
                  type="button"
                  aria-pressed={isSelected}
                  disabled={speaker === undefined}
                  onClick={() => change({ agent: isSelected ? undefined : speaker?.id })}
                >
                  {label}
                </button>
              </th>
              {columns.map((column, place) => {
                const cell = cells.get(row)?.get(place);
                const count = cell === undefined ? 0 : countOf(cell);
                if (cell === undefined || count === 0) return <td key={column.key} />;
                const strength = 0.22 + 0.78 * (most === 1 ? 1 : Math.log(count) / Math.log(most));
                return (
                  <td
                    key={column.key}
                    class={`cell${cell.errors > 0 ? ' has-errors' : ''}${strength > 0.6 ? ' is-strong' : ''}`}
                    style={{ '--strength': `${Math.round(strength * 100)}%` }}
                    title={`${label} → ${column.label}: ${count}${cell.errors > 0 ? `, ${cell.errors} failed` : ''}`}
                  >
                    {side >= LEAST_FOR_NUMBERS ? formatShort(count) : <span class="hidden">{count}</span>}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
