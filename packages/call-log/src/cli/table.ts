import { safeLine } from './safe-text.ts';
import type { Paint } from './style.ts';
import { fitTo, textWidth } from './text-width.ts';

/** A cell: its text, made safe here, and its colour. */
export type Cell = string | { text: string; colour: Parameters<Paint>[0] };

export interface Column {
  title: string;
  align?: 'right';
  /** Cut to so many columns. */
  max?: number;
  /** Left out when there is no room, the lowest first. */
  spare?: number;
}

/** Columns that are too many for `width`, by what they show and how dispensable they are. */
export function withoutSpare(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width = Number.POSITIVE_INFINITY,
): { columns: Column[]; rows: Cell[][]; left: string[] } {
  const widths = columns.map(({ title, max = Number.POSITIVE_INFINITY }, i) => {
    const cells = rows.map((row) => textWidth(safeLine(textOf(row[i] ?? ''))));
    return Math.max(
      title.length,
      Math.min(
        max,
        cells.reduce((a, b) => Math.max(a, b), 0),
      ),
    );
  });
  let excess = widths.reduce((sum, cell) => sum + cell + 2, -2) - width;
  const left = new Set<Column>();
  for (const column of columns.toSorted((a, b) => (a.spare ?? 0) - (b.spare ?? 0))) {
    if (column.spare === undefined || excess <= 0) continue;
    left.add(column);
    excess -= (widths[columns.indexOf(column)] ?? 0) + 2;
  }
  const stays = (_: unknown, i: number) => !left.has(columns[i] as Column);
  return {
    columns: columns.filter(stays),
    rows: rows.map((row) => row.filter(stays)),
    left: columns.filter((column) => left.has(column)).map(({ title }) => title),
  };
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** Rows under their titles, as lines. */
export function toTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
): string {
  const cells = rows.map((row) =>
    row.map((cell, i) => {
      const { text, colour } = typeof cell === 'string' ? { text: cell, colour: undefined } : cell;
      return { text: fitTo(columns[i]?.max ?? Number.POSITIVE_INFINITY, safeLine(text)), colour };
    }),
  );
  const widths = columns.map(({ title }, i) =>
    cells.reduce((width, row) => Math.max(width, textWidth(row[i]?.text ?? '')), title.length),
  );
  const line = (row: readonly { text: string; colour?: Parameters<Paint>[0] | undefined }[]) =>
    row
      .map(({ text, colour }, i) => {
        const painted = colour === undefined ? text : paint(colour, text);
        const space = ' '.repeat((widths[i] ?? 0) - textWidth(text));
        if (columns[i]?.align === 'right') return space + painted;
        return i === row.length - 1 ? painted : painted + space;
      })
      .join('  ');
  const head = line(columns.map(({ title }) => ({ text: title, colour: 'dim' as const })));
  return `${[head, ...cells.map(line)].join('\n')}\n`;
}
