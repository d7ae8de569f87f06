import { momentText } from '../model/moment.ts';
import type { RunModel } from '../run/run-model.ts';
import type { Scale } from './scale.ts';

interface TimelineAxisProps {
  run: RunModel;
  ticks: readonly number[];
  scale: Scale;
  width: number;
}

/** Time since the run began. */
export function TimelineAxis({ run, ticks, scale, width }: TimelineAxisProps) {
  const step = (ticks[1] ?? Number.POSITIVE_INFINITY) - (ticks[0] ?? 0);
  return (
    <svg class="axis" width={width} height="22" aria-hidden="true">
      {ticks.map((time) => {
        const x = scale.toX(time);
        const anchor = x < 20 ? 'start' : x > width - 30 ? 'end' : 'middle';
        return (
          <text key={time} x={x} y="14" text-anchor={anchor}>
            {momentText(run, time, step)}
          </text>
        );
      })}
    </svg>
  );
}
