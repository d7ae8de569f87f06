import type { Matrix, MatrixCell, MatrixLine } from '../../../matrix/matrix.ts';
import { formatShort } from '../../../text/format.ts';
import { shortLabel } from '../../../text/short-label.ts';
import type { Palette } from '../../timeline/palette.ts';
import type { EdgeLook } from '../draw-edges.ts';
import type { MatrixGeometry, MatrixPlace } from './matrix-geometry.ts';

/** Everything that decides how a matrix looks. */
export interface MatrixPicture {
  matrix: Matrix;
  /** Where the cells of each row begin in `matrix.cells`, and where the last one's end. */
  rowStarts: Uint32Array;
  geometry: MatrixGeometry;
  palette: Palette;
  scroll: { x: number; y: number };
  width: number;
  height: number;
  /** How often now, and how much of it is to be seen. */
  look: (cell: MatrixCell) => EdgeLook;
  most: number;
  /** A CSS colour. */
  colourOf: (line: MatrixLine) => string;
  /** Key of the chosen node. */
  chosen: string | undefined;
  hovered: MatrixPlace | undefined;
  /** The cell that the keys are on, while they are. */
  cursor: { row: number; column: number } | undefined;
}

/** Smaller cells have no room for a number. */
const LEAST_FOR_NUMBERS = 20;
const NAME_GAP = 7;
/** Cells above this strength have light numbers. */
const STRONG = 0.62;

/** Draws what can be seen of a matrix: empty cells as a grid, full ones the stronger the more, names beside them. */
export function drawMatrix(context: CanvasRenderingContext2D, picture: MatrixPicture): void {
  const { geometry, scroll, width, height, palette } = picture;
  const { left, top, side, rows, columns } = geometry;
  context.clearRect(0, 0, width, height);
  const rowsSeen = seen(scroll.y, height - top, side, rows);
  const columnsSeen = seen(scroll.x, width - left, side, columns);
  context.save();
  context.beginPath();
  context.rect(left, top, width - left, height - top);
  context.clip();
  context.translate(left - scroll.x, top - scroll.y);
  drawGrid(context, picture, rowsSeen, columnsSeen);
  for (let row = rowsSeen.first; row < rowsSeen.end; row++) drawRow(context, picture, row, columnsSeen);
  if (picture.cursor !== undefined) {
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    context.strokeRect(picture.cursor.column * side, picture.cursor.row * side, side, side);
  }
  context.restore();
  drawNames(context, picture, rowsSeen, columnsSeen);
}

interface Range {
  first: number;
  end: number;
}

function seen(scroll: number, room: number, side: number, count: number): Range {
  const end = Math.min(count, Math.ceil((scroll + room) / side));
  return { first: Math.max(0, Math.min(end, Math.floor(scroll / side))), end };
}

function drawGrid(
  context: CanvasRenderingContext2D,
  { geometry: { side }, palette, hovered, cursor }: MatrixPicture,
  rows: Range,
  columns: Range,
): void {
  const [x, y] = [columns.first * side, rows.first * side];
  const [wide, tall] = [columns.end * side - x, rows.end * side - y];
  context.fillStyle = palette.line;
  context.globalAlpha = 0.34;
  context.fillRect(x, y, wide, tall);
  context.globalAlpha = 0.9;
  const at = hovered ?? cursor ?? {};
  if (at.row !== undefined) context.fillRect(x, at.row * side, wide, side);
  if (at.column !== undefined) context.fillRect(at.column * side, y, side, tall);
  context.globalAlpha = 1;
  context.fillStyle = palette.paper;
  for (let row = rows.first; row <= rows.end; row++) context.fillRect(x, row * side - 0.5, wide, 1);
  for (let column = columns.first; column <= columns.end; column++)
    context.fillRect(column * side - 0.5, y, 1, tall);
}

function drawRow(
  context: CanvasRenderingContext2D,
  { matrix, rowStarts, geometry: { side }, palette, look, most, colourOf }: MatrixPicture,
  row: number,
  columns: Range,
): void {
  const line = matrix.rows[row];
  if (line === undefined) return;
  const colour = colourOf(line);
  const y = row * side;
  context.font = `500 11px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let place = rowStarts[row] ?? 0; place < (rowStarts[row + 1] ?? 0); place++) {
    const cell = matrix.cells[place];
    if (cell === undefined || cell.column < columns.first || cell.column >= columns.end) continue;
    const { count, errors, opacity } = look(cell);
    if (count === 0) continue;
    const x = cell.column * side;
    const strength = 0.24 + 0.76 * (most <= 1 ? 1 : Math.log(count) / Math.log(most));
    context.globalAlpha = strength * opacity;
    context.fillStyle = colour;
    context.fillRect(x + 0.5, y + 0.5, side - 1, side - 1);
    context.globalAlpha = opacity;
    if (errors > 0) {
      const corner = Math.min(8, side / 2);
      context.fillStyle = palette.tones.bad;
      context.beginPath();
      context.moveTo(x + side - 0.5 - corner, y + 0.5);
      context.lineTo(x + side - 0.5, y + 0.5);
      context.lineTo(x + side - 0.5, y + 0.5 + corner);
      context.fill();
    }
    if (side < LEAST_FOR_NUMBERS) continue;
    context.fillStyle = strength > STRONG ? palette.paper : palette.ink;
    context.fillText(formatShort(count), x + side / 2, y + side / 2 + 0.5);
  }
  context.globalAlpha = 1;
}

function drawNames(
  context: CanvasRenderingContext2D,
  picture: MatrixPicture,
  rows: Range,
  columns: Range,
): void {
  const { matrix, geometry, palette, scroll, width, height, chosen } = picture;
  const { left, top, side } = geometry;
  const at = picture.hovered ?? picture.cursor ?? {};
  const size = Math.min(11.5, side + 1);
  context.textBaseline = 'middle';
  const write = (line: MatrixLine | undefined, isOver: boolean, x: number, y: number) => {
    const isChosen = line?.key === chosen && chosen !== undefined;
    context.font = `${isChosen || isOver ? 650 : 450} ${size}px ${palette.font}`;
    context.fillStyle = isChosen ? palette.accent : isOver ? palette.ink : palette.inkSoft;
    context.fillText(shortLabel(line?.label ?? ''), x, y, (x === 0 ? top : left) - 2 * NAME_GAP);
  };
  context.save();
  context.beginPath();
  context.rect(0, top, left, height - top);
  context.clip();
  context.textAlign = 'right';
  for (let row = rows.first; row < rows.end; row++)
    write(matrix.rows[row], row === at.row, left - NAME_GAP, top - scroll.y + (row + 0.5) * side);
  context.restore();
  context.save();
  context.beginPath();
  context.rect(left, 0, width - left, top);
  context.clip();
  context.textAlign = 'left';
  for (let column = columns.first; column < columns.end; column++) {
    context.save();
    context.translate(left - scroll.x + (column + 0.5) * side, top - NAME_GAP);
    context.rotate(-Math.PI / 2);
    write(matrix.columns[column], column === at.column, 0, 0);
    context.restore();
  }
  context.restore();
}
