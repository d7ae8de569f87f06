import { useEffect, useState } from 'preact/hooks';
import type { WordPiece } from '../../diff/word-diff.ts';
import { plural } from '../../text/format.ts';
import { visibleText } from '../../text/visible-text.ts';
import { neighbourCall } from '../model/neighbour-call.ts';
import type { RunModel } from '../run/run-model.ts';
import type { Change } from '../state/store.ts';
import { ChatMessageView } from './chat-message-view.tsx';
import { compareRequests, type MessageChange, type RequestChanges } from './compare-requests.ts';
import { requestOf } from './request-of.ts';

/** How a call's request differs from the agent's one before it. */
export function PromptDifference({ run, place, change }: { run: RunModel; place: number; change: Change }) {
  const { agent, id } = run.calls;
  const before = neighbourCall(run.calls, place, -1, (other) => agent[other] === agent[place]);
  const { changes, error } = useChanges(run, before, place);
  if (before === undefined) return <p class="nothing">This is the agent's first call.</p>;
  return (
    <>
      <button type="button" class="history" onClick={() => change({ call: id[before] }, 'replace')}>
        compared with call <code>{id[before]}</code>
      </button>
      {error && (
        <p class="problem" role="alert">
          {error}
        </p>
      )}
      {changes?.settings.map(({ name, before, after }) => (
        <div key={name} class="setting">
          <code>{name}</code> <del>{visibleText(before ?? 'not set')}</del>{' '}
          <ins>{visibleText(after ?? 'not set')}</ins>
        </div>
      ))}
      {changes?.messages.map((message, index) => (
        <MessageChangeView key={index} message={message} />
      ))}
    </>
  );
}

/** What has changed, once both requests are read; or why one of them cannot be. */
function useChanges(
  run: RunModel,
  before: number | undefined,
  after: number,
): { changes?: RequestChanges; error?: string } {
  const [result, setResult] = useState<{ changes?: RequestChanges; error?: string }>({});
  useEffect(() => {
    setResult({});
    if (before === undefined) return;
    let isWanted = true;
    const request = async (place: number) => {
      const [call, messages] = await Promise.all([run.callBodies.at(place), requestOf(run, place)]);
      return call && { call, messages };
    };
    Promise.all([request(before), request(after)]).then(
      ([a, b]) => {
        if (isWanted && a !== undefined && b !== undefined) setResult({ changes: compareRequests(a, b) });
      },
      (error) => {
        if (isWanted) setResult({ error: String(error) });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [run, before, after]);
  return result;
}

function MessageChangeView({ message }: { message: MessageChange }) {
  switch (message.type) {
    case 'same':
      return <p class="unchanged">{plural(message.count, 'message')} as before</p>;
    case 'changed':
      return (
        <div class="chat is-changed">
          <div class="chat-role">{message.role}, changed</div>
          <div class="text">
            {message.words.pieces.map((piece, index) => (
              <Words key={index} piece={piece} />
            ))}
          </div>
        </div>
      );
    case 'added':
    case 'removed':
      return (
        <div class={`is-${message.type}`}>
          <span class="hidden">{message.type}:</span>
          <ChatMessageView message={message.message} />
        </div>
      );
  }
}

function Words({ piece: { kind, text } }: { piece: WordPiece }) {
  if (kind === 'added') return <ins>{visibleText(text)}</ins>;
  if (kind === 'removed') return <del>{visibleText(text)}</del>;
  return <span>{visibleText(text)}</span>;
}
