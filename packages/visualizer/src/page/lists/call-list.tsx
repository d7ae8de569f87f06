import { formatCost, formatDuration, formatShort } from '../../text/format.ts';
import { statusAt } from '../../text/status.ts';
import { visibleText } from '../../text/visible-text.ts';
import { momentText } from '../model/moment.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import type { Store } from '../state/store.ts';
import { VirtualList } from './virtual-list.tsx';

const ROW_HEIGHT = 34;

/** The timeline in words: every call that is wanted, a row each. */
export function CallList({ store: { run, wanted, call, change } }: { store: Store }) {
  const places = wanted.value.calls;
  const { calls, names, speakers } = run;
  if (places.length === 0) return <p class="empty">No calls.</p>;
  return (
    <VirtualList
      count={places.length}
      rowHeight={ROW_HEIGHT}
      selected={call.value === undefined ? undefined : places.indexOf(call.value)}
      class="call-list"
      label="Calls"
      row={(index) => {
        const place = places[index] ?? 0;
        const tokens = (calls.inputTokens[place] ?? Number.NaN) + (calls.outputTokens[place] ?? Number.NaN);
        return (
          <button
            type="button"
            class={place === call.value ? 'call-row is-selected' : 'call-row'}
            aria-pressed={place === call.value}
            onClick={() => change({ call: calls.id[place], message: undefined })}
          >
            <span class="call-at">{momentText(run, calls.start[place] ?? 0)}</span>
            <SpeakerName run={run} id={speakers[calls.agent[place] ?? -1]?.id} />
            <StatusBadge status={statusAt(calls.status[place])} />
            <span class="call-model">
              <bdi>{names[calls.model[place] ?? -1]}</bdi>
            </span>
            <span class="call-number">{orDash(calls.durationMs[place], formatDuration)}</span>
            <span class="call-number">{orDash(tokens, (value) => formatShort(Math.round(value)))}</span>
            <span class="call-number">{orDash(calls.costUsd[place], formatCost)}</span>
            <span class="call-excerpt">{visibleText(calls.excerpt[place] ?? '')}</span>
          </button>
        );
      }}
    />
  );
}

function orDash(value: number | undefined, format: (value: number) => string): string {
  return value === undefined || Number.isNaN(value) ? '–' : format(value);
}
