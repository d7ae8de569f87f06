import type { ChatMessage } from '@pd/call-log/schema';
import { chatParts } from '../../text/chat-parts.ts';
import { FoldedText } from '../parts/folded-text.tsx';

/** One chat message as it was sent to a model or came back. */
export function ChatMessageView({ message }: { message: ChatMessage }) {
  const role = typeof message.role === 'string' ? message.role : 'message';
  const name = typeof message.name === 'string' ? message.name : undefined;
  const parts = chatParts(message);
  return (
    <div
      class={`chat chat-${['system', 'developer', 'user', 'assistant', 'tool'].includes(role) ? role : 'other'}`}
    >
      <div class="chat-role">
        {role}
        {name && <bdi class="chat-name"> {name}</bdi>}
      </div>
      {parts.length === 0 && <p class="nothing">No content.</p>}
      {parts.map((part, index) => (
        <div key={index} class={part.type === 'text' ? undefined : 'code'}>
          {part.title && <div class="part-title">{part.title}</div>}
          <FoldedText text={part.text} />
        </div>
      ))}
    </div>
  );
}
