import type { CallNode } from '@pd/call-log/schema';
import type { RunModel } from '../run/run-model.ts';
import type { Change } from '../state/store.ts';
import { ChatMessageView } from './chat-message-view.tsx';

interface SentMessagesProps {
  run: RunModel;
  call: CallNode;
  change: Change;
}

/** What is new in a call's request, with the way to the call that has the rest. */
export function SentMessages({ run, call: { pre }, change }: SentMessagesProps) {
  const { history, messages } = pre;
  return (
    <>
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
      {messages.map((message, index) => (
        <ChatMessageView key={index} message={message} />
      ))}
    </>
  );
}
