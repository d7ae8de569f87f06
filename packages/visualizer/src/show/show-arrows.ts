import { formatCount, formatNumberOf, textWidth } from '@pd/call-log/terminal';
import { edgeFailures } from '../graph/edge-failures.ts';
import type { GraphEdge, GraphNode, RunGraph } from '../graph/run-graph.ts';
import { costFigure, tokenFigure } from './figures.ts';
import type { Style } from './style.ts';

/** Rows before the rest is only counted. */
const MOST_ROWS = 30;
const LONGEST_BAR = 12;

/** Who talked to whom and who called what, the most first: arrows with how often, what failed, tokens and cost. */
export function* showArrows({ nodes, edges }: RunGraph, style: Style): Generator<string> {
  if (edges.length === 0) return;
  const { paint, text, width, glyphs } = style;
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const sorted = edges.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count);
  const rows = sorted.slice(0, MOST_ROWS);
  const most = rows.reduce((count, edge) => Math.max(count, edge.count), 1);
  const labels = rows.map(({ from, to }) => [labelOf(byKey.get(from)), labelOf(byKey.get(to))] as const);
  const room = Math.max(6, Math.floor((width - 30) / 2));
  const [fromWidth, toWidth] = [0, 1].map((side) =>
    labels.reduce(
      (widest, pair) => Math.max(widest, textWidth(text(pair[side] ?? '', Math.min(room, 28)))),
      1,
    ),
  ) as [number, number];
  const countWidth = formatCount(most).length + 1;
  for (const [index, edge] of rows.entries()) {
    const [from = '', to = ''] = labels[index] ?? [];
    const failed = edgeFailures(edge);
    const count = `${glyphs.times}${formatCount(edge.count)}`.padStart(countWidth);
    const bar = glyphs.bar.repeat(Math.max(1, Math.round((LONGEST_BAR * edge.count) / most)));
    const left = `${text(from, fromWidth, 'start')} ${arrowOf(edge, style)} ${text(to, toWidth, 'end')} ${count}`;
    const figures =
      edge.kind === 'message' ? [] : [...tokenFigure(edge.totals), ...costFigure(edge.totals, style)];
    const space = width - textWidth(left);
    const bad = failed > 0 ? ` ${failed} ${edge.kind === 'message' ? 'lost' : 'failed'}` : '';
    const tail = [
      {
        plain: ` ${bar.padEnd(figures.length > 0 || bad !== '' ? LONGEST_BAR : 0)}`,
        painted: 'dim' as const,
      },
      { plain: bad, painted: 'red' as const },
      { plain: figures.length === 0 ? '' : ` ${figures.join(` ${glyphs.dot} `)}`, painted: 'dim' as const },
    ];
    let used = 0;
    // What does not fit is left away as a whole, the least important first.
    const parts = [tail[1], tail[2], tail[0]].filter((part) => {
      if (part === undefined || used + textWidth(part.plain) > space) return false;
      used += textWidth(part.plain);
      return true;
    });
    yield left + tail.map((part) => (parts.includes(part) ? paint(part.painted, part.plain) : '')).join('');
  }
  if (sorted.length > rows.length) {
    let rest = 0;
    for (const { count } of sorted.slice(MOST_ROWS)) rest += count;
    const more = `and ${formatNumberOf(sorted.length - rows.length, 'more pair')}, ${formatCount(rest)} times in all`;
    yield paint('dim', `${' '.repeat(2)}${more}`);
  }
}

/** What was said first, then what was asked of models and tools. */
function rank({ kind }: GraphEdge): number {
  return kind === 'message' ? 0 : 1;
}

function labelOf(node: GraphNode | undefined): string {
  return node?.label ?? '';
}

function arrowOf({ kind }: GraphEdge, { glyphs, paint }: Style): string {
  if (kind === 'message') return glyphs.arrow.message;
  return paint('dim', kind === 'call' ? glyphs.arrow.call : glyphs.arrow.other);
}
