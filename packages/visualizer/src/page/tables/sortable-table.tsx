import type { ComponentChildren } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { useBox } from '../hooks/use-box.ts';
import { nextSort, type Sort, sortRows } from './sort-rows.ts';
import { visibleRows } from './visible-rows.ts';

/** A column: what it is sorted by, and what it shows. The first one names the row. */
export interface TableColumn<Row> {
  id: string;
  title: string;
  /** What the title means, where that is not plain. */
  hint?: string;
  isNumber: boolean;
  valueOf: (row: Row) => number | string | undefined;
  cell: (row: Row) => ComponentChildren;
  isBad?: (row: Row) => boolean;
}

interface SortableTableProps<Row> {
  class: string;
  label: string;
  rows: readonly Row[];
  columns: readonly TableColumn<Row>[];
  keyOf: (row: Row) => string;
  isSelected: (row: Row) => boolean;
}

const ROW_HEIGHT = 31;
/** Up to this many rows are all there, so that the browser's own search finds them. */
const MOST_WHOLE = 150;

/** A table that is sorted by its headers, and of any length: of many rows only those that can be seen are there. */
export function SortableTable<Row>(props: SortableTableProps<Row>) {
  const { rows, columns, keyOf, isSelected, label } = props;
  const ref = useRef<HTMLDivElement>(null);
  const { height } = useBox(ref);
  const [top, setTop] = useState(0);
  const [sort, setSort] = useState<Sort>();
  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === sort?.column);
    return column === undefined ? rows : sortRows(rows, column.valueOf, sort?.isDescending ?? false);
  }, [rows, columns, sort]);
  const isWhole = rows.length <= MOST_WHOLE;
  const { first, end } = isWhole
    ? { first: 0, end: rows.length }
    : visibleRows(rows.length, ROW_HEIGHT, top, height);
  return (
    <div class="table-scroll" ref={ref} onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}>
      <table class={props.class} aria-label={label} aria-rowcount={isWhole ? undefined : rows.length + 1}>
        <thead>
          <tr aria-rowindex={isWhole ? undefined : 1}>
            {columns.map(({ id, title, hint, isNumber }) => (
              <th
                key={id}
                scope="col"
                title={hint}
                class={isNumber ? undefined : 'is-text'}
                aria-sort={directionOf(sort, id)}
              >
                <button type="button" onClick={() => setSort((old) => nextSort(old, id, isNumber))}>
                  {title}
                  <span class="sort-sign" aria-hidden="true">
                    {sort?.column === id ? (sort.isDescending ? '↓' : '↑') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} columns={columns.length} />
          {sorted.slice(first, end).map((row, index) => (
            <tr
              key={keyOf(row)}
              class={isSelected(row) ? 'is-selected' : undefined}
              aria-rowindex={isWhole ? undefined : first + index + 2}
            >
              {columns.map(({ id, isNumber, cell, isBad }, place) =>
                place === 0 ? (
                  <th key={id} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} class={isBad?.(row) ? 'is-bad' : isNumber ? undefined : 'is-text'}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          <Gap rows={rows.length - end} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** The room of the rows that are not there. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="gap" aria-hidden="true">
      <td colSpan={columns} style={{ height: `${rows * ROW_HEIGHT}px` }} />
    </tr>
  );
}

function directionOf(sort: Sort | undefined, column: string): 'ascending' | 'descending' | undefined {
  if (sort?.column !== column) return undefined;
  return sort.isDescending ? 'descending' : 'ascending';
}
