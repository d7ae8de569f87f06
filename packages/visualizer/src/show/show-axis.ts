import { formatDuration } from '../text/format.ts';
import { timeTicks } from '../text/time-ticks.ts';
import type { RunClock } from './run-clock.ts';
import type { Style } from './style.ts';

/** Columns that a label takes with the space around it. */
const LABEL = 12;

/** The line below the lanes, with round times under it, or the first and last of what stands in order. */
export function* showAxis(
  { unit, length }: RunClock,
  indent: number,
  columns: number,
  { glyphs, paint }: Style,
): Generator<string> {
  const ticks =
    unit === 'time'
      ? timeTicks({ start: 0, end: length }, Math.max(1, Math.floor(columns / LABEL))).map((ms) => ({
          at: ms / length,
          label: formatDuration(ms),
        }))
      : [
          { at: 0, label: 'first, in order: there are no times' },
          { at: 1, label: `${length}th` },
        ];
  const line = new Array<string>(columns).fill(glyphs.axis);
  let labels = '';
  for (const { at, label } of ticks) {
    const column = Math.min(columns - 1, Math.floor(at * columns));
    // The last label ends where the picture does.
    const start = Math.min(column, columns - label.length);
    if (start < 0 || (labels !== '' && start <= labels.length)) continue;
    line[column] = glyphs.tick;
    labels = labels.padEnd(start) + label;
  }
  yield `${' '.repeat(indent)}${paint('dim', line.join(''))}`;
  yield `${' '.repeat(indent)}${paint('dim', labels)}`;
}
