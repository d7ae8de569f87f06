/** Sides of a cell, in CSS pixels. */
const LARGEST = 30;
const SMALLEST = 9;
/** Room for the names of rows and columns. */
const NAMES = { left: 118, top: 104 };

/** Where the cells of a matrix are, in pixels from its upper left corner. */
export interface MatrixGeometry {
  rows: number;
  columns: number;
  side: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A place in the matrix: a cell, or the name of a row or of a column, which has only the one. */
export interface MatrixPlace {
  row?: number;
  column?: number;
}

/** Cells as large as the width allows, as long as they can be seen. */
export function matrixGeometry(rows: number, columns: number, room: number): MatrixGeometry {
  const { left, top } = NAMES;
  const fitting = Math.floor((room - left - 8) / Math.max(1, columns));
  const side = Math.max(SMALLEST, Math.min(LARGEST, fitting));
  return { rows, columns, side, left, top, width: left + columns * side + 8, height: top + rows * side + 8 };
}

/**
 * What is at a point of the window onto the matrix. The names stay where they are when the cells are scrolled.
 *
 * @param scroll how far the cells are scrolled
 */
export function placeAt(
  { rows, columns, side, left, top }: MatrixGeometry,
  point: { x: number; y: number },
  scroll: { x: number; y: number },
): MatrixPlace | undefined {
  const place: MatrixPlace = {};
  const row = Math.floor((point.y + scroll.y - top) / side);
  const column = Math.floor((point.x + scroll.x - left) / side);
  if (point.y >= top && row < rows) place.row = row;
  if (point.x >= left && column < columns) place.column = column;
  if (place.row === undefined && point.y >= top) return undefined;
  if (place.column === undefined && point.x >= left) return undefined;
  return place.row === undefined && place.column === undefined ? undefined : place;
}

/** Where an arrow key leads from a cell. */
export function nextCell(
  { rows, columns }: MatrixGeometry,
  { row, column }: { row: number; column: number },
  key: string,
): { row: number; column: number } | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return undefined;
  }
}
