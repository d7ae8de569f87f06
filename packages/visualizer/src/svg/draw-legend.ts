import type { RunGraph } from '../graph/run-graph.ts';
import { decimal } from '../layout/geometry.ts';
import { isSizedByCost } from '../layout/node-size.ts';

interface Entry {
  text: string;
  /** Drawn in a box of 24 × 16 units. */
  sign: string;
}

const ROW = 22;
const SIGN_WIDTH = 24;
/** Estimated, at the legend's size. */
const LETTER_WIDTH = 5.5;
const GAP = 22;

/** What the signs mean, of those that the picture has, in rows of at most `width`. */
export function drawLegend(
  graph: RunGraph,
  x: number,
  y: number,
  width: number,
): { svg: string; height: number } {
  let [left, row] = [0, 0];
  const parts = entries(graph).map(({ text, sign }) => {
    const room = SIGN_WIDTH + 6 + text.length * LETTER_WIDTH;
    if (left > 0 && left + room > width) [left, row] = [0, row + 1];
    const part = `<g transform="translate(${decimal(x + left)} ${y + row * ROW})">${sign}<text x="${SIGN_WIDTH + 6}" y="12">${text}</text></g>`;
    left += room + GAP;
    return part;
  });
  return { svg: `<g class="legend">${parts.join('')}</g>`, height: (row + 1) * ROW };
}

function entries({ nodes, edges }: RunGraph): Entry[] {
  const kinds = new Set<string>([
    ...nodes.map(({ kind }) => kind),
    ...edges.map(({ kind }) => `${kind} edge`),
  ]);
  const all: [boolean, Entry][] = [
    [
      kinds.has('agent'),
      {
        text: `agent with its calls; larger ${isSizedByCost(nodes) ? 'is dearer' : 'asked more'}`,
        sign: '<g class="a0"><circle class="body" cx="15" cy="8" r="7"/><circle class="tint" cx="15" cy="8" r="7"/></g>',
      },
    ],
    [
      nodes.some(({ kind, totals }) => kind === 'agent' && totals.errors > 0),
      {
        text: 'share of calls that failed',
        sign: '<circle class="bar" cx="15" cy="8" r="6.5"/><path class="errors" d="M15 1.5a6.5 6.5 0 0 1 6.5 6.5"/>',
      },
    ],
    [
      kinds.has('model'),
      {
        text: 'model',
        sign: '<g class="model"><rect class="body" x="8" y="1" width="14" height="14" rx="3"/><rect class="tint" x="8" y="1" width="14" height="14" rx="3"/></g>',
      },
    ],
    [
      kinds.has('tool'),
      {
        text: 'tool',
        sign: '<g class="tool"><polygon class="tint" points="23,8 19,15 11,15 7,8 11,1 19,1"/></g>',
      },
    ],
    [
      kinds.has('message edge'),
      {
        text: 'messages; wider is more',
        sign: '<g class="message a0"><path d="M0 8H16" stroke-width="2.5"/><path class="head" d="M24 8L15 12L15 4Z"/></g>',
      },
    ],
    [
      kinds.has('call edge'),
      {
        text: 'calls of a model',
        sign: '<g class="call"><path d="M1 8H16"/><path class="head" d="M24 8L16 11.5L16 4.5Z"/></g>',
      },
    ],
    [
      kinds.has('tool edge'),
      {
        text: 'calls of a tool',
        sign: '<g class="tool-call"><path d="M1 8H16"/><path class="head" d="M24 8L16 11.5L16 4.5Z"/></g>',
      },
    ],
  ];
  return all.flatMap(([isThere, entry]) => (isThere ? entry : []));
}
