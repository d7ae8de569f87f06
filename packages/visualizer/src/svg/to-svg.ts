import type { RunTree } from '@pd/call-log/schema';
import type { RunGraph } from '../graph/run-graph.ts';
import { toGraph } from '../graph/to-graph.ts';
import { isDense } from '../matrix/is-dense.ts';
import { drawGraph } from './draw-graph.ts';
import { drawLegend } from './draw-legend.ts';
import { drawMatrix } from './draw-matrix.ts';
import { runFacts } from './run-facts.ts';
import { type SvgTheme, svgStyle } from './svg-style.ts';
import { xmlText } from './xml-text.ts';

/** Options of {@link toSvg}. */
export interface SvgOptions {
  /** Default `'light'`: what paper is. `'auto'` follows the reader's system, where the program can. */
  theme?: SvgTheme;
  /** What stands above the picture. Default: the run's name, else its id. */
  title?: string;
  /** Default `'auto'`: a matrix where lines would be a ball of wool (see `isDense`). */
  form?: 'auto' | 'graph' | 'matrix';
}

const LEAST_WIDTH = 460;
const MARGIN = 28;
const HEAD = 74;

/**
 * A run as one SVG picture for a paper, a talk or a README: who talked to whom, who called what, how often,
 * what failed, with a legend.
 *
 * It loads nothing, runs nothing and needs no font; names are text, whatever is in them. The same run and
 * options give the same bytes.
 *
 * @param run a run's tree, or the graph made of it
 */
export function toSvg(run: RunTree | RunGraph, options: SvgOptions = {}): string {
  const graph = 'nodes' in run ? run : toGraph(run);
  const { theme = 'light', title = graph.runName || graph.runId, form = 'auto' } = options;
  const isMatrix = form === 'matrix' || (form === 'auto' && isDense(graph));
  const drawing = isMatrix ? drawMatrix(graph) : drawGraph(graph);
  const width = Math.max(LEAST_WIDTH, drawing.width);
  const legend = isMatrix
    ? matrixLegend(HEAD + drawing.height)
    : drawLegend(graph, MARGIN, HEAD + drawing.height, width - 2 * MARGIN);
  const height = HEAD + drawing.height + legend.height + MARGIN;
  const left = Math.floor((width - drawing.width) / 2);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title facts">
<style>${svgStyle(theme)}</style>
<rect class="paper" width="${width}" height="${height}"/>
<text class="title" id="title" x="${MARGIN}" y="40">${xmlText(title)}</text>
<text class="facts" id="facts" x="${MARGIN}" y="60">${xmlText(runFacts(graph))}</text>
<g transform="translate(${left} ${HEAD})">
${drawing.svg}
</g>
${legend.svg}
</svg>
`;
}

function matrixLegend(y: number): { svg: string; height: number } {
  const text = 'Rows send, columns receive; darker is more; a red corner: something failed';
  return { svg: `<g class="legend"><text x="${MARGIN}" y="${y + 12}">${text}</text></g>`, height: 22 };
}
