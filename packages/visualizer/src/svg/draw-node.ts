import type { GraphNode } from '../graph/run-graph.ts';
import { decimal } from '../layout/geometry.ts';
import type { PlacedNode } from '../layout/graph-layout.ts';
import { formatShort, plural } from '../text/format.ts';
import { xmlText } from './xml-text.ts';

/** A small figure of a person, a prompt, and a spanner, 16 units wide. */
const SIGNS = {
  person: 'M8 8.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM2.9 13.6c.6-2.7 2.6-4 5.1-4s4.5 1.3 5.1 4',
  terminal: 'M3 4.5 6.5 8 3 11.5M8.5 11.5H13',
} as const;

/** The part of an agent's calls that is drawn even of a single failure among many. */
const LEAST_SHARE = 0.04;

/** A node: a circle with its calls and the share that failed, a sign for people, a square for models and tools. */
export function drawNode(node: GraphNode, placed: PlacedNode, colour: string): string {
  const { kind, isSilent } = node;
  const classes = `${kind} ${colour}${isSilent ? ' silent' : ''}`;
  return `<g class="${classes}"><title>${xmlText(describe(node))}</title>${shape(node, placed)}${inside(node, placed)}<text class="label" x="${placed.labelX}" y="${placed.labelY}" text-anchor="${placed.labelAnchor}">${xmlText(placed.label)}</text></g>`;
}

function shape({ kind }: GraphNode, { x, y, radius, shape: form }: PlacedNode): string {
  if (form === 'circle') {
    const circle = `cx="${x}" cy="${y}" r="${radius}"`;
    return `<circle class="body" ${circle}/><circle class="tint" ${circle}/>`;
  }
  const rectangle = `x="${decimal(x - radius)}" y="${decimal(y - radius)}" width="${radius * 2}" height="${radius * 2}" rx="7"`;
  if (kind === 'model') return `<rect class="body" ${rectangle}/><rect class="tint" ${rectangle}/>`;
  // A hexagon, so that tools differ from people and agents in more than a line.
  const points = [0, 60, 120, 180, 240, 300].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return `${decimal(x + radius * 1.12 * Math.cos(angle))},${decimal(y + radius * 1.12 * Math.sin(angle))}`;
  });
  const hexagon = `points="${points.join(' ')}"`;
  return `<polygon class="body" ${hexagon}/><polygon class="tint" ${hexagon}/>`;
}

function inside({ kind, role, totals, isSilent }: GraphNode, { x, y, radius }: PlacedNode): string {
  if (kind === 'person') {
    const sign = role === 'person' ? SIGNS.person : SIGNS.terminal;
    const scale = isSilent ? 0.75 : 1;
    return `<path class="sign" d="${sign}" transform="translate(${decimal(x - 8 * scale)} ${decimal(y - 8 * scale)}) scale(${scale})"/>`;
  }
  if (isSilent) return '';
  const count = totals.calls > 0 ? formatShort(totals.calls) : '·';
  // What failed at a model is shown at those who asked it.
  const ring = kind === 'model' ? '' : errorRing(x, y, radius, totals);
  return `${ring}<text class="count" x="${x}" y="${y}" dy=".35em">${count}</text>`;
}

/** The part of the calls that failed, as an arc from the top clockwise. */
function errorRing(x: number, y: number, radius: number, { errors, calls }: GraphNode['totals']): string {
  if (errors === 0) return '';
  const ring = radius + 0.5;
  const around = 2 * Math.PI * ring;
  const share = Math.min(1, Math.max(LEAST_SHARE, errors / calls));
  return `<circle class="errors" cx="${x}" cy="${y}" r="${ring}" stroke-dasharray="${decimal(around * share)} ${decimal(around)}" transform="rotate(-90 ${x} ${y})"/>`;
}

function describe({ kind, label, role, totals, isSilent }: GraphNode): string {
  const what = `${label}, ${role ?? kind}`;
  if (isSilent) return `${what}, never took part`;
  if (kind === 'person') return what;
  const errors = totals.errors > 0 ? `, ${plural(totals.errors, 'error')}` : '';
  return `${what}, ${plural(totals.calls, 'call')}${errors}`;
}
