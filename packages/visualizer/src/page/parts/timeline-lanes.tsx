import { useMemo } from 'preact/hooks';
import type { Select } from '../hooks/use-selection.ts';
import type { Lanes } from '../model/lanes.ts';
import type { RunModel } from '../model/run-model.ts';
import { CallBar } from './call-bar.tsx';
import { MessageMarks } from './message-marks.tsx';
import { StatusPatterns } from './status-patterns.tsx';

interface TimelineLanesProps {
  run: RunModel;
  lanes: Lanes;
  width: number;
  call: string | undefined;
  select: Select;
}

/** The lanes themselves, one picture. */
export function TimelineLanes({ run, lanes, width, call, select }: TimelineLanesProps) {
  const { start, end } = run.span;
  const toX = (time: number) => ((time - start) / (end - start)) * (width - 8) + 4;
  const marks = useMemo(
    () => <MessageMarks run={run} lanes={lanes} toX={toX} select={select} />,
    [run, lanes, width, select],
  );
  // One bar at a time can be reached by Tab; j and k go on from there.
  const shown = lanes.rows.flatMap(({ bars }) => bars.map(({ timed }) => timed.call.id));
  const reachable = call !== undefined && shown.includes(call) ? call : shown[0];
  return (
    // biome-ignore lint/a11y/useSemanticElements: the picture is SVG, which has no fieldset
    <svg class="lanes" role="group" aria-label="Calls over time" width={width} height={lanes.height}>
      <StatusPatterns />
      {lanes.rows.map(({ speaker, top, height }) => (
        <rect key={speaker.id} class="lane" x="0" y={top} width={width} height={height} />
      ))}
      {marks}
      {lanes.rows.map(({ speaker, bars }) => (
        <g key={speaker.id} style={{ '--c': speaker.colour }}>
          {bars.map(({ timed, y }) => (
            <CallBar
              key={timed.call.id}
              timed={timed}
              name={speaker.node.label}
              x={toX(timed.start)}
              y={y}
              width={toX(timed.end) - toX(timed.start)}
              isSelected={timed.call.id === call}
              isReachable={timed.call.id === reachable}
              select={select}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}
