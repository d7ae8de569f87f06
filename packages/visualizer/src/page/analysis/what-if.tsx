import type { Analysis } from '../../analysis/analyse.ts';
import type { Change } from '../../analysis/what-if.ts';
import { formatDuration, formatShare } from '../../text/format.ts';
import { visibleText } from '../../text/visible-text.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { RunModel } from '../run/run-model.ts';
import { BarRow } from './bar-row.tsx';

/** How long the run would have taken. */
export function WhatIf({ analysis: { whatIf, durationMs }, run }: { analysis: Analysis; run: RunModel }) {
  return (
    <>
      <p class="analysis-text">
        If only this had been different, and everybody had said the same. The run took{' '}
        {formatDuration(durationMs)}.
      </p>
      <ul class="bar-rows">
        {whatIf.map((prediction, index) => (
          <BarRow
            key={index}
            name={<ChangeName change={prediction.change} run={run} />}
            value={formatDuration(prediction.durationMs)}
            note={`${formatShare(prediction.savedMs, durationMs)} less`}
            parts={[prediction.durationMs / durationMs, prediction.savedMs / durationMs]}
          />
        ))}
      </ul>
    </>
  );
}

function ChangeName({ change, run }: { change: Change; run: RunModel }) {
  switch (change.kind) {
    case 'agent':
      return (
        <>
          <SpeakerName run={run} id={change.agentId} /> {times(change.factor)}
        </>
      );
    case 'model':
      return (
        <>
          <bdi class="bar-model">{visibleText(change.model)}</bdi> {times(change.factor)}
        </>
      );
    case 'no_retries':
      return <>no retries</>;
  }
}

function times(factor: number): string {
  return factor === 0.5 ? 'twice as fast' : `in ${formatShare(factor, 1)} of the time`;
}
