import type { CallNode } from '@pd/call-log/schema';
import { formatDuration } from '../../text/format.ts';
import { callTone, statusText } from '../../text/status.ts';

/** Where a call's time went: its attempts, what lay between them, and when the first of the reply came. */
export function TimingBar({ call }: { call: CallNode }) {
  const start = Date.parse(call.started_at);
  const total = call.duration_ms ?? Date.parse(call.ended_at ?? '') - start;
  if (!(total > 0)) return null;
  const share = (ms: number) => `${Math.min(100, Math.max(0, (ms / total) * 100))}%`;
  const first = call.time_to_first_chunk_ms;
  return (
    <div class="timing">
      <div class="timing-bar" aria-hidden="true">
        {call.attempts.map((attempt) => {
          const from = Date.parse(attempt.started_at) - start;
          const took =
            attempt.duration_ms ?? Date.parse(attempt.ended_at ?? '') - Date.parse(attempt.started_at);
          return (
            <span
              key={attempt.number}
              class={`timing-part timing-${callTone(attempt.status)}`}
              style={{ left: share(from), width: share(Number.isNaN(took) ? total - from : took) }}
              title={`attempt ${attempt.number}: ${statusText(attempt.status)}`}
            />
          );
        })}
        {first !== undefined && <span class="timing-first" style={{ left: share(first) }} />}
      </div>
      <p class="timing-note">
        {first === undefined ? '' : `first of the reply after ${formatDuration(first)}, `}
        whole after {formatDuration(total)}
      </p>
    </div>
  );
}
