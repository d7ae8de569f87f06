/** What a table is sorted by. */
export interface Sort {
  column: string;
  isDescending: boolean;
}

/**
 * The rows in order of what a column says of them; what is not known stands last either way, equals stay as they were.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => number | string | undefined,
  isDescending: boolean,
): Row[] {
  const sign = isDescending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, value: valueOf(row) }));
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined)
      return Number(a.value === undefined) - Number(b.value === undefined);
    return sign * compare(a.value, b.value);
  });
  return keyed.map(({ row }) => row);
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}

/** A click on a header: numbers begin with the most, names with the first letter; a second click turns it round. */
export function nextSort(sort: Sort | undefined, column: string, isNumber: boolean): Sort | undefined {
  if (sort?.column !== column) return { column, isDescending: isNumber };
  // A third click brings the order of the record back.
  return sort.isDescending === isNumber ? { column, isDescending: !isNumber } : undefined;
}
