import { useScrollIntoView } from '../hooks/use-scroll-into-view.ts';
import type { Select } from '../hooks/use-selection.ts';
import { memo } from '../memo.ts';
import { formatDuration, formatTime } from '../model/format.ts';
import type { RunModel } from '../model/run-model.ts';
import { isLost, statusText } from '../model/status.ts';
import type { TranscriptEntry } from '../model/transcript-entries.ts';
import { FoldedText } from './folded-text.tsx';
import { SpeakerName } from './speaker-name.tsx';
import { StatusBadge } from './status-badge.tsx';

interface TranscriptItemProps {
  run: RunModel;
  entry: TranscriptEntry;
  isSelected: boolean;
  select: Select;
}

/** One message: who to whom, when, what, and the way to the call that made it. */
export const TranscriptItem = memo(function TranscriptItem({
  run,
  entry,
  isSelected,
  select,
}: TranscriptItemProps) {
  const timed = entry.callId === undefined ? undefined : run.callById.get(entry.callId);
  const offset = Date.parse(entry.at) - run.span.start;
  const open = () =>
    select(
      timed ? { call: timed.call.id, message: undefined } : { call: undefined, message: entry.messageId },
    );
  const colour = (entry.from !== undefined && run.speakerById.get(entry.from)?.colour) || 'var(--person)';
  const ref = useScrollIntoView<HTMLLIElement>(isSelected);
  return (
    <li ref={ref} class={isSelected ? 'entry is-selected' : 'entry'} style={{ '--c': colour }}>
      <div class="entry-head">
        <SpeakerName run={run} id={entry.from} />
        {entry.to !== undefined && (
          <span class="entry-to">
            <span role="img" aria-label="to">
              →
            </span>{' '}
            <SpeakerName run={run} id={entry.to} />
          </span>
        )}
        {entry.status !== undefined && isLost(entry.status) && (
          <span class="badge badge-bad">✕ {statusText(entry.status)}</span>
        )}
        {timed && timed.call.status !== 'ok' && <StatusBadge status={timed.call.status} />}
        <span class="entry-end">
          {!Number.isNaN(offset) && (
            <time dateTime={entry.at} title={formatTime(entry.at)}>
              +{formatDuration(offset)}
            </time>
          )}
          <button type="button" class="open" onClick={open}>
            {timed ? 'call' : 'details'}
          </button>
        </span>
      </div>
      {entry.text === '' ? <p class="nothing">No content on record.</p> : <FoldedText text={entry.text} />}
    </li>
  );
});
