import { formatDuration } from '../model/format.ts';
import { timeTicks } from '../model/ticks.ts';
import type { Interval } from '../model/tracks.ts';

/** Time since the run began. */
export function TimelineAxis({ span, width }: { span: Interval; width: number }) {
  const duration = span.end - span.start;
  return (
    <svg class="axis" width={width} height="22" aria-hidden="true">
      {timeTicks(duration, width / 90).map((time) => {
        const x = (time / duration) * width;
        const anchor = time === 0 ? 'start' : x > width - 30 ? 'end' : 'middle';
        return (
          <text key={time} x={x} y="14" text-anchor={anchor}>
            {time === 0 ? '0' : formatDuration(time)}
          </text>
        );
      })}
    </svg>
  );
}
