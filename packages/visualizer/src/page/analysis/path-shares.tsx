import type { Analysis } from '../../analysis/analyse.ts';
import type { PathKind } from '../../analysis/critical-path.ts';
import { formatDuration, formatShare, plural } from '../../text/format.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { Store } from '../state/store.ts';
import { BarRow } from './bar-row.tsx';

const KINDS: Record<PathKind, string> = {
  call: 'model calls',
  tools: 'tools',
  work: 'own work',
  waiting: 'waiting for people',
  start: 'before the first event',
  end: 'after the last',
};

/** Whom the run's duration hung on, and a switch that shows the path in the timeline. */
export function PathShares({ analysis: { path, durationMs }, store }: { analysis: Analysis; store: Store }) {
  const { run, view, change } = store;
  const isShown = view.value.path === true;
  return (
    <>
      <p class="analysis-text">
        What the {formatDuration(durationMs)} hung on, in {plural(path.steps, 'step')}:{' '}
        {path.kinds.map(({ kind, ms }) => `${KINDS[kind]} ${formatShare(ms, durationMs)}`).join(', ')}.
      </p>
      <ul class="bar-rows">
        {path.agents.map(({ agentId, callMs, otherMs }) => (
          <BarRow
            key={agentId}
            name={<SpeakerName run={run} id={agentId} />}
            value={formatShare(callMs + otherMs, durationMs)}
            parts={[callMs / durationMs, otherMs / durationMs]}
            colour={run.speakerById.get(agentId)?.colour}
            title={`${formatDuration(callMs)} in model calls, ${formatDuration(otherMs)} else`}
          />
        ))}
      </ul>
      <button
        type="button"
        class="switch"
        aria-pressed={isShown}
        onClick={() => change({ path: isShown ? undefined : true }, 'replace')}
      >
        {isShown ? 'Hide it in the timeline' : 'Show it in the timeline'}
      </button>
    </>
  );
}
