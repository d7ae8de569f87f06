import type { CallRef } from '../../analysis/call-ref.ts';
import { formatCost, formatDuration } from '../../text/format.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { Store } from '../state/store.ts';

/** A call with what is known of it. */
type Row = CallRef & { durationMs?: number; costUsd?: number };

interface CallRowsProps {
  calls: readonly Row[];
  store: Store;
  /** What the call is listed for; its figure stands alone, with a bar. Default: both that are known. */
  by?: 'durationMs' | 'costUsd';
  /** How many there are of that kind, where not all are listed. */
  total?: number;
}

/** Calls, each of which opens with a click. */
export function CallRows({ calls, store, by, total = calls.length }: CallRowsProps) {
  const { run, call, change } = store;
  const most = Math.max(...calls.map((one) => (by === undefined ? 0 : (one[by] ?? 0))));
  return (
    <>
      <ol class="found-calls">
        {calls.map((one) => {
          const isOpen = run.callPlaces.get(one.callId) === call.value;
          return (
            <li key={`${one.agentId} ${one.ordinal}`}>
              <button
                type="button"
                class={isOpen ? 'found-call is-selected' : 'found-call'}
                aria-pressed={isOpen}
                onClick={() => change({ call: one.callId, message: undefined })}
                title={one.callId}
              >
                <SpeakerName run={run} id={one.agentId} />
                <span class="found-ordinal">call {one.ordinal}</span>
                {by !== undefined && (
                  <span class="bar" aria-hidden="true">
                    <i style={{ width: `${most > 0 ? (((one[by] ?? 0) / most) * 100).toFixed(2) : 0}%` }} />
                  </span>
                )}
                <span class="bar-value">{figures(one, by)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {total > calls.length && <p class="analysis-text">and {total - calls.length} more</p>}
    </>
  );
}

function figures({ durationMs, costUsd }: Row, by: CallRowsProps['by']): string {
  return [
    ...(durationMs === undefined || by === 'costUsd' ? [] : [formatDuration(durationMs)]),
    ...(costUsd === undefined || by === 'durationMs' ? [] : [formatCost(costUsd)]),
  ].join(' · ');
}
