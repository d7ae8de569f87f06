import type { FoldedLoop } from '../../../expanded/fold-expanded.ts';
import type { CallsPicture } from './calls-picture.ts';

interface LoopFrameProps {
  picture: CallsPicture;
  loop: FoldedLoop;
  onToggle: () => void;
}

const ROOM = 16;

/** The frame around a loop, with how often it was gone through; a click opens it, or closes it again. */
export function LoopFrame({ picture: { graph, layout }, loop, onToggle }: LoopFrameProps) {
  const { first, last, times, isOpen = false } = loop;
  const rows = graph.nodes
    .slice(first, last + 1)
    .flatMap(({ lane, toLane }) => [layout.laneY[lane] ?? 0, layout.laneY[toLane ?? lane] ?? 0]);
  const [top, bottom] = rows.reduce(([low, high], y) => [Math.min(low, y), Math.max(high, y)], [
    Number.POSITIVE_INFINITY,
    0,
  ] as [number, number]);
  const left = (layout.x[first] ?? 0) - ROOM;
  const right = (layout.x[last] ?? 0) + ROOM;
  return (
    <g class={isOpen ? 'loop is-open' : 'loop'}>
      <rect
        class="loop-frame"
        x={left}
        y={top - 26}
        width={Math.max(34, right - left)}
        height={bottom - top + 54}
        rx="8"
      />
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no button */}
      <g
        class="loop-button"
        role="button"
        tabindex={0}
        aria-expanded={isOpen}
        aria-label={`The same ${times} times in a row: ${isOpen ? 'fold' : 'open'}`}
        onClick={onToggle}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          onToggle();
        }}
      >
        <rect x={left} y={top - 34} width={14 + 7 * `×${times}`.length} height={16} rx="8" />
        <text x={left + 7} y={top - 26} dy="0.35em">
          ×{times}
        </text>
      </g>
    </g>
  );
}
