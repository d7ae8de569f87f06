import { useScrollIntoView } from '../hooks/use-scroll-into-view.ts';
import type { Select } from '../hooks/use-selection.ts';
import { memo } from '../memo.ts';
import { formatDuration } from '../model/format.ts';
import { BAR_HEIGHT } from '../model/lanes.ts';
import type { TimedCall } from '../model/run-model.ts';
import { callTone, statusText } from '../model/status.ts';

/** Thinner ones could not be hit. */
const THINNEST = 4;

interface CallBarProps {
  timed: TimedCall;
  name: string;
  x: number;
  y: number;
  width: number;
  isSelected: boolean;
  isReachable: boolean;
  select: Select;
}

/** A call in its lane; failed ones are hatched, cut short ones dotted, open ones hollow. */
export const CallBar = memo(function CallBar({
  timed,
  name,
  x,
  y,
  width,
  isSelected,
  isReachable,
  select,
}: CallBarProps) {
  const { call, start, end } = timed;
  const open = () => select({ call: call.id, message: undefined });
  const took = call.status === 'open' ? '' : `, ${formatDuration(call.duration_ms ?? end - start)}`;
  const label = `${name}: ${call.pre.model}, ${statusText(call.status)}${took}`;
  const ref = useScrollIntoView<SVGRectElement>(isSelected);
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <rect
      ref={ref}
      class={`bar bar-${callTone(call.status)}${isSelected ? ' is-selected' : ''}`}
      x={x}
      y={y}
      width={Math.max(THINNEST, width)}
      height={BAR_HEIGHT}
      rx="2.5"
      role="button"
      aria-label={label}
      tabIndex={isReachable ? 0 : -1}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open();
      }}
    >
      <title>{label}</title>
    </rect>
  );
});
