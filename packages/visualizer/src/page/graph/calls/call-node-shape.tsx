import type { FoldedNode } from '../../../expanded/fold-expanded.ts';
import { CALL_STATUSES, type CallStatus, callSign, callTone, statusText } from '../../../text/status.ts';
import { TONES } from '../../timeline/tones.ts';

interface CallNodeShapeProps {
  node: FoldedNode;
  place: number;
  x: number;
  y: number;
  /** Where the lane of a message's receiver is. */
  toY: number | undefined;
  /** Of whoever did it. */
  colour: string;
  /** Room for the label, in pixels; without it there is none. */
  room: number;
  name: string;
  isSelected: boolean;
  /** Whether the Tab key leads here. */
  isCursor: boolean;
}

const LETTER_WIDTH = 6;
const LEAST_LETTERS = 4;
/** What an arrow ends before, of the lane it goes to. */
const GAP = 12;

/** A call as a disc in its agent's colour, a tool call as a square, a message as a ring with an arrow to its receiver. */
export function CallNodeShape(props: CallNodeShapeProps) {
  const { node, place, x, y, toY, colour, room, name, isSelected, isCursor } = props;
  const trouble = troubleOf(node);
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button; it needs `tabindex` in small letters, too
    <g
      class={`happening happening-${node.kind}${isSelected ? ' is-selected' : ''}${trouble ? ' has-trouble' : ''}`}
      data-place={place}
      role="button"
      tabindex={isCursor ? 0 : -1}
      aria-label={name}
      aria-pressed={isSelected}
      style={{ '--c': colour, ...(trouble && { '--tone': `var(--${TONES[trouble.tone]})` }) }}
    >
      {toY !== undefined && toY !== y && <path class="happening-arrow" d={arrow(x, y, toY)} />}
      <Body node={node} x={x} y={y} />
      {trouble !== undefined && (
        <text class="happening-sign" x={x} y={y} dy="0.36em">
          {trouble.sign}
        </text>
      )}
      {node.kind !== 'message' && room > LEAST_LETTERS * LETTER_WIDTH && (
        <text class="happening-label" x={x} y={y + 22}>
          {shorten(node.label, room / LETTER_WIDTH)}
        </text>
      )}
    </g>
  );
}

function Body({ node: { kind }, x, y }: { node: FoldedNode; x: number; y: number }) {
  switch (kind) {
    case 'call':
      return <circle class="happening-body" cx={x} cy={y} r={9} />;
    case 'tool':
      return <rect class="happening-body" x={x - 7} y={y - 7} width={14} height={14} rx={3} />;
    case 'message':
      return <circle class="happening-body" cx={x} cy={y} r={4.5} />;
  }
}

function arrow(x: number, y: number, toY: number): string {
  const down = toY > y ? 1 : -1;
  const end = toY - GAP * down;
  return `M${x} ${y + 5 * down}V${end}m-4 ${-6 * down}l4 ${6 * down}l4 ${-6 * down}`;
}

/** How something did not go well, as a sign beside the colour. */
function troubleOf({ kind, status }: FoldedNode) {
  if (kind === 'message')
    return status === 'rejected' || status === 'dead_lettered'
      ? { sign: '✕', tone: 'bad' as const }
      : undefined;
  const known: CallStatus = CALL_STATUSES.find((one) => one === status) ?? 'error';
  return known === 'ok' ? undefined : { sign: callSign(known), tone: callTone(known) };
}

function shorten(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, Math.max(1, Math.floor(most) - 1)).join('')}…`;
}

/** What a node is called by those who do not see it. */
export function happeningName(node: FoldedNode, who: string, at: string): string {
  const times = node.members.length > 1 ? `, ${node.members.length} times` : '';
  const status = statusText(node.status);
  switch (node.kind) {
    case 'call':
      return `${who} asked ${node.label}, ${status}, ${at}${times}`;
    case 'tool':
      return `${who} used ${node.label}, ${status}, ${at}${times}`;
    case 'message':
      return `${who} wrote to ${node.label || 'nobody on record'}, ${status}, ${at}${times}`;
  }
}
