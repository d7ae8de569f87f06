/** A row or column: somebody who sends or asks, or who receives or is asked. */
export interface MatrixLine {
  /** Key of the node in the graph. */
  key: string;
  label: string;
}

/** Everything that goes from one node to another. */
export interface MatrixCell {
  /** Places in `rows` and `columns`. */
  row: number;
  column: number;
  /** Messages, calls or tool calls. */
  count: number;
  errors: number;
  /** US dollars, as far as known; of messages, what the calls cost that they came from. */
  costUsd?: number;
  /** Keys of the edges in the graph. */
  edges: string[];
}

/** A graph as a table: rows send, columns receive. Cells that would be empty are not there. */
export interface Matrix {
  rows: MatrixLine[];
  columns: MatrixLine[];
  /** By row, then by column. */
  cells: MatrixCell[];
}
