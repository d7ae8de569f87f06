import type { CallNode } from '@pd/call-log/schema';
import { formatTime } from '../model/format.ts';
import type { Store } from '../state/store.ts';
import { AttemptsTable } from './attempts-table.tsx';
import { CallFacts } from './call-facts.tsx';
import { ChatMessageView } from './chat-message-view.tsx';
import { ErrorNote } from './error-note.tsx';
import { JsonBlock } from './json-block.tsx';
import { Section } from './section.tsx';
import { SpeakerName } from './speaker-name.tsx';
import { StatusBadge } from './status-badge.tsx';
import { ToolCalls } from './tool-calls.tsx';

interface CallDetailsProps {
  store: Store;
  call: CallNode;
  place: number;
}

/** One call: what was sent, what came back, what it took. */
export function CallDetails({ store: { run, change }, call, place }: CallDetailsProps) {
  const { pre, post, error } = call;
  const { history } = pre;
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
      <Section title="Sent">
        {pre.exact === false && (
          <p class="hint">Something was redacted or clipped: not exactly what was sent.</p>
        )}
        {history && (
          <button
            type="button"
            class="history"
            disabled={!run.callPlaces.has(history.call_id)}
            onClick={() => change({ call: history.call_id })}
          >
            +{history.take} earlier {history.take === 1 ? 'message' : 'messages'} from call{' '}
            <code>{history.call_id}</code>
          </button>
        )}
        {pre.messages.map((message, index) => (
          <ChatMessageView key={index} message={message} />
        ))}
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
