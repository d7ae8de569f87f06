import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { MatrixCell } from '../../matrix/matrix.ts';
import { toMatrix } from '../../matrix/to-matrix.ts';
import { formatShort, plural } from '../model/format.ts';
import type { Store } from '../state/store.ts';
import { type GraphLook, graphAtMoment } from './graph-at-moment.ts';
import { inTurns } from './in-turns.ts';

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
  const placeOf = useMemo(() => new Map(matrix.cells.map((cell, place) => [cell, place])), [matrix]);
  const most = useMemo(() => matrix.cells.reduce((top, { count }) => Math.max(top, count), 1), [matrix]);
  const isSmall = side < LEAST_FOR_NUMBERS;
  const lookOf = ({ row, column, errors }: MatrixCell, count: number) => {
    if (count === 0) return { text: '', class: '', strength: '0%', title: '' };
    const said = `${count}${errors > 0 ? `, ${errors} failed` : ''}`;
    const strength = 0.22 + 0.78 * (most === 1 ? 1 : Math.log(count) / Math.log(most));
    return {
      text: isSmall ? said : formatShort(count),
      class: `cell${errors > 0 ? ' has-errors' : ''}${strength > 0.6 ? ' is-strong' : ''}`,
      strength: `${Math.round(strength * 100)}%`,
      title: `${rows[row]?.label} → ${columns[column]?.label}: ${said}`,
    };
  };

  // The table is made once. What changes many times a second is set on its cells, on a few in each frame.
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    const elements = [...(table.current?.querySelectorAll<HTMLElement>('td[data-cell]') ?? [])];
    const shown = matrix.cells.map(({ count }) => count);
    const edgesOf = matrix.cells.map(({ edges }) => edges.map((key) => places.get(key) ?? -1));
    let now: GraphLook | undefined;
    const turns = inTurns(elements.length, (turn) => {
      const element = elements[turn];
      const place = Number(element?.dataset.cell);
      const cell = matrix.cells[place];
      if (element === undefined || cell === undefined) return false;
      let count = now === undefined ? cell.count : 0;
      if (now !== undefined) for (const edge of edgesOf[place] ?? []) count += now.edgeCount(edge);
      if (count === shown[place]) return false;
      shown[place] = count;
      const look = lookOf(cell, count);
      element.className = look.class;
      element.style.setProperty('--strength', look.strength);
      element.title = look.title;
      const text = element.firstElementChild?.firstChild;
      if (text instanceof Text) text.data = look.text;
      return true;
    });
    const stop = playhead.subscribe((at) => {
      now = at === undefined ? undefined : graphAtMoment(run, at);
      turns.start();
    });
    return () => {
      stop();
      turns.stop();
    };
  }, [run, matrix, places, playhead, isSmall]);
  const { agent } = view.value;
  const speakerOf = (key: string) => run.speakerByKey.get(key);
  return (
    <table class="matrix" ref={table} style={{ '--side': `${side}px` }}>
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
                if (cell === undefined) return <td key={column.key} />;
                const { text, class: name, strength, title } = lookOf(cell, cell.count);
                return (
                  <td
                    key={column.key}
                    class={name}
                    style={{ '--strength': strength }}
                    title={title}
                    data-cell={placeOf.get(cell)}
                  >
                    <span class={isSmall ? 'hidden' : 'cell-count'}>{text}</span>
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
