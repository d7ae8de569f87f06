import { useMemo } from 'preact/hooks';
import type { Select } from '../hooks/use-selection.ts';
import { plural } from '../model/format.ts';
import type { RunModel } from '../model/run-model.ts';
import type { Selection } from '../model/selection.ts';
import { transcriptEntries } from '../model/transcript-entries.ts';
import { SpeakerName } from './speaker-name.tsx';
import { TranscriptItem } from './transcript-item.tsx';

interface TranscriptProps {
  run: RunModel;
  agent: string | undefined;
  selection: Selection;
  select: Select;
}

/** What was said, in order. */
export function Transcript({ run, agent, selection, select }: TranscriptProps) {
  const all = useMemo(() => transcriptEntries(run.tree, run.calls), [run]);
  const entries = useMemo(
    () => (agent === undefined ? all : all.filter(({ from, to }) => from === agent || to === agent)),
    [all, agent],
  );
  const isReplies = run.tree.messages.length === 0;
  return (
    <section class="panel transcript-panel" aria-labelledby="transcript-title">
      <div class="panel-head">
        <h2 id="transcript-title">Transcript</h2>
        <span class="panel-note">
          {plural(entries.length, isReplies ? 'reply' : 'message').replace('replys', 'replies')}
        </span>
        {agent !== undefined && (
          <button
            type="button"
            class="chip"
            onClick={() => select({ agent: undefined })}
            aria-label="Show everybody"
          >
            only <SpeakerName run={run} id={agent} /> <span aria-hidden="true">✕</span>
          </button>
        )}
      </div>
      {isReplies && entries.length > 0 && (
        <p class="hint">No messages between agents are on record; these are the replies to the calls.</p>
      )}
      {entries.length === 0 && <p class="empty">Nothing was said.</p>}
      <ol class="transcript">
        {entries.map((entry) => (
          <TranscriptItem
            key={entry.key}
            run={run}
            entry={entry}
            isSelected={
              (entry.callId !== undefined && entry.callId === selection.call) ||
              (entry.messageId !== undefined && entry.messageId === selection.message)
            }
            select={select}
          />
        ))}
      </ol>
    </section>
  );
}
