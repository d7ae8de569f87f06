/** Rows of a chunk, as Rerun's own writers keep them. @see https://rerun.io/docs/concepts/logging-and-ingestion/chunks */
const MOST_ROWS = 4096;

/** The list in pieces that are short enough for a chunk. */
export function inPieces<T>(rows: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let begin = 0; begin < rows.length; begin += MOST_ROWS)
    pieces.push(rows.slice(begin, begin + MOST_ROWS));
  return pieces;
}
