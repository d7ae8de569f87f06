/** Rows above and below what can be seen, so that scrolling shows no gaps. */
const SPARE = 12;

/** Which of so many rows are there, from `first` up to before `end`. */
export function visibleRows(
  count: number,
  rowHeight: number,
  top: number,
  height: number,
): { first: number; end: number } {
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
  return { first: Math.max(0, Math.min(end, Math.floor(top / rowHeight) - SPARE)), end };
}
