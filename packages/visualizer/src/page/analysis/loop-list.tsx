import type { Loop, LoopStep } from '../../analysis/loops.ts';
import { visibleText } from '../../text/visible-text.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { RunModel } from '../run/run-model.ts';
import type { Store } from '../state/store.ts';

/** Steps of one round that are written out. */
const MOST_STEPS = 6;

/** Rounds that repeat, those in which nothing new was said marked. */
export function LoopList({ loops, store: { run, change } }: { loops: readonly Loop[]; store: Store }) {
  return (
    <ul class="loops">
      {loops.map(({ rounds, steps, isSame, firstCallId }, index) => (
        <li key={index}>
          <span class="loop-rounds">×{rounds}</span>
          <span class="loop-steps">
            {steps.slice(0, MOST_STEPS).map((step, place) => (
              <Step key={place} run={run} step={step} />
            ))}
            {steps.length > MOST_STEPS && <span>and {steps.length - MOST_STEPS} more</span>}
          </span>
          {isSame && <span class="badge badge-warn">nothing new</span>}
          {firstCallId !== undefined && (
            <button
              type="button"
              class="open"
              onClick={() => change({ call: firstCallId, message: undefined })}
            >
              First call
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Step({ run, step }: { run: RunModel; step: LoopStep }) {
  return step.kind === 'tool' ? (
    <span class="loop-step">
      <SpeakerName run={run} id={step.agentId} /> asks <code>{visibleText(step.tool)}</code>
    </span>
  ) : (
    <span class="loop-step">
      <SpeakerName run={run} id={step.from} /> → <SpeakerName run={run} id={step.to} />
    </span>
  );
}
