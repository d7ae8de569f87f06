import type { RunGraph } from '../graph/run-graph.ts';
import { decimal } from '../layout/geometry.ts';
import type { MatrixCell, MatrixLine } from '../matrix/matrix.ts';
import { toMatrix } from '../matrix/to-matrix.ts';
import { formatShort } from '../text/format.ts';
import { shortLabel } from '../text/short-label.ts';
import type { Drawing } from './draw-graph.ts';
import { nodeColours } from './node-colours.ts';
import { xmlText } from './xml-text.ts';

const MARGIN = 28;
const LETTER_WIDTH = 6.6;
/** Sides of cells: as large as fit into a picture of this width. */
const WIDTH_TO_FILL = 1400;
const LARGEST = 26;
const SMALLEST = 1;
/** Below these sides there is no room for names, and for numbers. */
const LEAST_FOR_LABELS = 9;
const LEAST_FOR_NUMBERS = 20;

/** A graph as a table: rows send, columns receive, darker is more, a red corner where something failed. */
export function drawMatrix(graph: RunGraph): Drawing {
  const { rows, columns, cells } = toMatrix(graph);
  const side = decimal(Math.max(SMALLEST, Math.min(LARGEST, WIDTH_TO_FILL / Math.max(1, columns.length))));
  const hasLabels = side >= LEAST_FOR_LABELS;
  const room = hasLabels ? labelRoom([...rows, ...columns]) : 0;
  const [left, top] = [MARGIN + room, MARGIN + room];
  const size = Math.min(12, side * 0.8);
  const most = cells.reduce((largest, { count }) => Math.max(largest, count), 1);
  const colours = nodeColours(graph.nodes);
  const labels = (lines: readonly MatrixLine[], draw: (line: MatrixLine, middle: number) => string) =>
    hasLabels ? lines.map((line, place) => draw(line, decimal((place + 0.5) * side))) : [];
  const lines = [
    `<rect class="grid" x="${left}" y="${top}" width="${decimal(columns.length * side)}" height="${decimal(rows.length * side)}" rx="3"/>`,
    ...labels(rows, (line, middle) => {
      return `<text x="${left - 6}" y="${decimal(top + middle)}" dy=".35em" text-anchor="end" style="font-size:${size}px">${xmlText(shortLabel(line.label))}</text>`;
    }),
    ...labels(columns, (line, middle) => {
      const at = `${decimal(left + middle)} ${top - 6}`;
      return `<text transform="translate(${at}) rotate(-90)" dy=".35em" style="font-size:${size}px">${xmlText(shortLabel(line.label))}</text>`;
    }),
    `<g class="cells" transform="translate(${left} ${top})">`,
    ...cells.map((cell) => drawCell(cell, side, most, rows, columns, colours)),
    '</g>',
  ];
  return {
    svg: lines.join('\n'),
    width: Math.ceil(left + columns.length * side + MARGIN),
    height: Math.ceil(top + rows.length * side + MARGIN),
  };
}

function drawCell(
  { row, column, count, errors }: MatrixCell,
  side: number,
  most: number,
  rows: readonly MatrixLine[],
  columns: readonly MatrixLine[],
  colours: ReadonlyMap<string, string>,
): string {
  const gap = side > 4 ? 1 : 0;
  const [x, y] = [decimal(column * side + gap / 2), decimal(row * side + gap / 2)];
  const inner = decimal(side - gap);
  // By the logarithm, because a few pairs usually talk a hundred times as much as the rest.
  const strength = 0.25 + 0.75 * (most === 1 ? 1 : Math.log(count) / Math.log(most));
  const failed = errors > 0 ? `, ${errors} failed` : '';
  const title = `${rows[row]?.label} → ${columns[column]?.label}: ${count}${failed}`;
  const corner = decimal(inner * 0.4);
  const fault =
    errors > 0
      ? `<path class="fault" d="M${decimal(x + inner)} ${y}v${corner}l${-corner} ${-corner}Z"/>`
      : '';
  const number =
    side >= LEAST_FOR_NUMBERS && count > 1
      ? `<text class="middle${strength > 0.6 ? ' on' : ''}" x="${decimal(x + inner / 2)}" y="${decimal(y + inner / 2)}" dy=".35em">${formatShort(count)}</text>`
      : '';
  return `<g class="${colours.get(rows[row]?.key ?? '') ?? 'plain'}"><title>${xmlText(title)}</title><rect class="cell" x="${x}" y="${y}" width="${inner}" height="${inner}" fill-opacity="${strength.toFixed(2)}"/>${fault}${number}</g>`;
}

function labelRoom(lines: readonly MatrixLine[]): number {
  const longest = lines.reduce((most, { label }) => Math.max(most, shortLabel(label).length), 0);
  return Math.ceil(longest * LETTER_WIDTH) + 6;
}
