import type { CallNode, MessageNode } from '@pd/call-log/schema';
import { useEffect, useRef } from 'preact/hooks';
import { contentText } from '../../text/content-text.ts';
import { isLost, statusAt, statusText } from '../../text/status.ts';
import { visibleText } from '../../text/visible-text.ts';
import { useBody } from '../hooks/use-body.ts';
import { momentText } from '../model/moment.ts';
import { FoldedText } from '../parts/folded-text.tsx';
import { SpeakerName } from '../parts/speaker-name.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import type { Store } from '../state/store.ts';

interface TranscriptItemProps {
  store: Store;
  type: 'call' | 'message';
  place: number;
  isSelected: boolean;
  /** Everything that was said, or its beginning. */
  isWhole: boolean;
}

/** One message: who to whom, when, what, and the way to the call that made it. */
export function TranscriptItem({ store, type, place, isSelected, isWhole }: TranscriptItemProps) {
  const { run, change } = store;
  const { calls, messages, speakers } = run;
  const isCall = type === 'call';
  const from = speakers[(isCall ? calls.agent[place] : messages.from[place]) ?? -1];
  const to = isCall ? undefined : speakers[messages.to[place] ?? -1];
  const callPlace = isCall ? place : (messages.call[place] ?? -1);
  const callId = calls.id[callPlace];
  const status = isCall ? undefined : messages.status[place];
  const at = (isCall ? calls.end[place] : messages.at[place]) ?? 0;
  const short = (isCall ? calls.excerpt[place] : messages.excerpt[place]) ?? '';
  const callStatus = callId === undefined ? 'ok' : statusAt(calls.status[callPlace]);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSelected && isWhole) ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isSelected, isWhole]);
  const open = () =>
    change(
      (callId === undefined
        ? { call: undefined, message: messages.id[place] }
        : { call: callId, message: undefined }) as never,
    );
  return (
    <div
      ref={ref}
      class={isSelected ? 'entry is-selected' : 'entry'}
      style={{ '--c': from?.colour ?? 'var(--person)' }}
    >
      <div class="entry-head">
        <SpeakerName run={run} id={from?.id} />
        {to !== undefined && (
          <span class="entry-to">
            <span role="img" aria-label="to">
              →
            </span>{' '}
            <SpeakerName run={run} id={to.id} />
          </span>
        )}
        {status !== undefined && isLost(status) && (
          <span class="badge badge-bad">✕ {statusText(status)}</span>
        )}
        {callStatus !== 'ok' && <StatusBadge status={callStatus} />}
        <span class="entry-end">
          <time>{momentText(run, at)}</time>
          <button type="button" class="open" onClick={open}>
            {callId === undefined ? 'details' : 'call'}
          </button>
        </span>
      </div>
      {short === '' ? (
        <p class="nothing">No content on record.</p>
      ) : isWhole ? (
        <WholeText store={store} isCall={isCall} place={place} short={short} />
      ) : (
        <p class="text is-short">{visibleText(short)}</p>
      )}
    </div>
  );
}

/** All that was said; its beginning until it is there. */
function WholeText({
  store: { run },
  isCall,
  place,
  short,
}: {
  store: Store;
  isCall: boolean;
  place: number;
  short: string;
}) {
  const call = useBody(run.callBodies, isCall ? place : undefined);
  const message = useBody(run.messageBodies, isCall ? undefined : place);
  return <FoldedText text={(isCall ? saidBy(call?.value) : saidIn(message?.value)) || short} />;
}

function saidBy(call: CallNode | undefined): string {
  const { post, error } = call ?? {};
  return (
    contentText(post?.message?.content) || (error === undefined ? '' : `${error.type}: ${error.message}`)
  );
}

function saidIn(message: MessageNode | undefined): string {
  return contentText(message?.content);
}
