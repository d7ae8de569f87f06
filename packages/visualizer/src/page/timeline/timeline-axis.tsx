import { formatDuration } from '../model/format.ts';
import type { Scale } from './scale.ts';

/** Time since the run began. */
export function TimelineAxis({
  ticks,
  scale,
  width,
}: {
  ticks: readonly number[];
  scale: Scale;
  width: number;
}) {
  return (
    <svg class="axis" width={width} height="22" aria-hidden="true">
      {ticks.map((time) => {
        const x = scale.toX(time);
        const anchor = x < 20 ? 'start' : x > width - 30 ? 'end' : 'middle';
        return (
          <text key={time} x={x} y="14" text-anchor={anchor}>
            {time === 0 ? '0' : formatDuration(time)}
          </text>
        );
      })}
    </svg>
  );
}
