import type { Retries } from '../../analysis/retries.ts';
import { formatCost, formatCount, plural } from '../../text/format.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Store } from '../state/store.ts';
import { BarRow } from './bar-row.tsx';
import { CallRows } from './call-rows.tsx';

/** Attempts that came to nothing: why, what they cost, and where most time was lost. */
export function RetryList({ retries, store }: { retries: Retries; store: Store }) {
  const { reasons, attemptsInVain, calls } = retries;
  return (
    <>
      {attemptsInVain > 0 && (
        <p class="analysis-text">
          {plural(attemptsInVain, 'attempt')} came to nothing{lost(retries)}.
        </p>
      )}
      <ul class="bar-rows">
        {reasons.map(({ reason, attempts }) => (
          <BarRow
            key={reason}
            name={<bdi>{visibleText(reason)}</bdi>}
            value={`${formatCount(attempts)}×`}
            parts={[attempts / attemptsInVain]}
            colour="var(--bad)"
          />
        ))}
      </ul>
      {calls.length > 0 && (
        <>
          <h4>Most time lost</h4>
          <CallRows
            calls={calls.map(({ lostMs, lostUsd, ...call }) => ({
              ...call,
              durationMs: lostMs,
              ...(lostUsd !== undefined && { costUsd: lostUsd }),
            }))}
            store={store}
          />
        </>
      )}
    </>
  );
}

function lost({ lostInputTokens, lostOutputTokens, lostUsd, unpricedAttempts }: Retries): string {
  const parts = [
    ...(lostInputTokens === undefined ? [] : [`${formatCount(lostInputTokens)} tokens in`]),
    ...(lostOutputTokens === undefined ? [] : [`${formatCount(lostOutputTokens)} tokens out`]),
    ...(lostUsd === undefined ? [] : [formatCost(lostUsd)]),
    ...(unpricedAttempts === 0 ? [] : [`${plural(unpricedAttempts, 'attempt')} without a price`]),
  ];
  return parts.length === 0 ? '; what they cost is not on record' : `: ${parts.join(', ')}`;
}
