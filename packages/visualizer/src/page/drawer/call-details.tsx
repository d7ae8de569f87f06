import type { CallNode } from '@pd/call-log/schema';
import { formatTime } from '../../text/format.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import type { Store } from '../state/store.ts';
import { AttemptsTable } from './attempts-table.tsx';
import { CallFacts } from './call-facts.tsx';
import { ChatMessageView } from './chat-message-view.tsx';
import { ErrorNote } from './error-note.tsx';
import { JsonBlock } from './json-block.tsx';
import { PromptDifference } from './prompt-difference.tsx';
import { Section } from './section.tsx';
import { SentMessages } from './sent-messages.tsx';
import { TimingBar } from './timing-bar.tsx';
import { ToolCalls } from './tool-calls.tsx';

interface CallDetailsProps {
  store: Store;
  call: CallNode;
  place: number;
}

/** One call: what was sent, what came back, what it took. */
export function CallDetails({ store: { run, view, change }, call, place }: CallDetailsProps) {
  const { pre, post, error } = call;
  const isDiff = view.value.diff === true;
  const agentId = run.speakers[run.calls.agent[place] ?? -1]?.id;
  return (
    <>
      <h2 class="drawer-title">
        <SpeakerName run={run} id={agentId} />
        <StatusBadge status={call.status} />
      </h2>
      <p class="drawer-sub">
        <bdi>
          {pre.provider}/{pre.model}
        </bdi>{' '}
        · {call.operation} · {formatTime(call.started_at)}
      </p>
      <CallFacts call={call} />
      {error && <ErrorNote error={error} />}
      <TimingBar call={call} />
      <Section title="Sent">
        <fieldset class="choice" aria-label="Show">
          {[false, true].map((wanted) => (
            <button
              key={String(wanted)}
              type="button"
              aria-pressed={isDiff === wanted}
              onClick={() => change({ diff: wanted || undefined }, 'replace')}
            >
              {wanted ? 'Difference' : 'Messages'}
            </button>
          ))}
        </fieldset>
        {pre.exact === false && (
          <p class="hint">Something was redacted or clipped: not exactly what was sent.</p>
        )}
        {isDiff ? (
          <PromptDifference run={run} place={place} change={change} />
        ) : (
          <SentMessages run={run} call={call} change={change} />
        )}
      </Section>
      <Section title={post?.partial ? 'Reply (partial)' : 'Reply'}>
        {post?.message ? (
          <ChatMessageView message={post.message} />
        ) : (
          <p class="nothing">No reply on record.</p>
        )}
      </Section>
      {call.tool_calls.length > 0 && <ToolCalls toolCalls={call.tool_calls} />}
      {call.attempts.length > 0 && <AttemptsTable attempts={call.attempts} />}
      <div class="jsons">
        {pre.metadata && <JsonBlock title="Metadata" value={pre.metadata} />}
        {pre.parameters && <JsonBlock title="Parameters" value={pre.parameters} />}
        {pre.tools && <JsonBlock title={`Tools (${pre.tools.length})`} value={pre.tools} />}
        <JsonBlock title="Raw JSON" value={call} />
      </div>
    </>
  );
}
