import { useMemo, useState } from 'preact/hooks';
import type { Select } from '../hooks/use-selection.ts';
import { useWidth } from '../hooks/use-width.ts';
import { layoutLanes } from '../model/lanes.ts';
import type { RunModel } from '../model/run-model.ts';
import { SpeakerName } from './speaker-name.tsx';
import { TimelineAxis } from './timeline-axis.tsx';
import { TimelineLanes } from './timeline-lanes.tsx';
import { ZoomButtons } from './zoom-buttons.tsx';

interface TimelineProps {
  run: RunModel;
  agent: string | undefined;
  call: string | undefined;
  select: Select;
}

/** When everything happened: a lane per agent, a bar per call, a mark per message. */
export function Timeline({ run, agent, call, select }: TimelineProps) {
  const [zoom, setZoom] = useState(1);
  const [ref, available] = useWidth<HTMLDivElement>();
  const lanes = useMemo(() => layoutLanes(run, agent), [run, agent]);
  const labels = available < 520 ? 96 : 148;
  const width = Math.max(0, Math.floor((available - labels) * zoom));
  return (
    <section class="panel timeline-panel" aria-labelledby="timeline-title">
      <div class="panel-head">
        <h2 id="timeline-title">Timeline</h2>
        <ul class="legend" aria-hidden="true">
          <li class="legend-ok">ok</li>
          <li class="legend-bad">failed</li>
          <li class="legend-warn">cut short</li>
          <li class="legend-mark">message</li>
        </ul>
        <ZoomButtons zoom={zoom} setZoom={setZoom} />
      </div>
      <div class="timeline" ref={ref} style={{ '--labels': `${labels}px` }}>
        {available > 0 && (
          <>
            <TimelineAxis span={run.span} width={width} />
            <ul class="lane-names">
              {lanes.rows.map(({ speaker, height }) => (
                <li key={speaker.id} style={{ height: `${height}px` }}>
                  <SpeakerName run={run} id={speaker.id} />
                </li>
              ))}
            </ul>
            <TimelineLanes run={run} lanes={lanes} width={width} call={call} select={select} />
          </>
        )}
      </div>
    </section>
  );
}
