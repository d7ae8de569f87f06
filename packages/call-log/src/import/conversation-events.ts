import type { Conversation } from '../conversation/parse-conversation.ts';
import type { LogEvent } from '../schema/logger-events.ts';

/**
 * A recorded conversation as the events of a run. Each turn of a speaker who is a model is a call, each turn that is
 * addressed to somebody a message. The record does not tell what a model was sent: the request is what was said to the
 * speaker before and what it said itself, and the call's metadata say that it is put together so. Provider and model are
 * `unknown`.
 *
 * @param timeOf the time of the n-th turn, from 1, because the record has none; speakers begin at that of 0
 */
export function conversationEvents(
  { speakers, turns }: Conversation,
  timeOf: (turn: number) => string,
): LogEvent[] {
  const kinds = new Map(speakers.map(({ id, kind }) => [id, kind]));
  /** What each speaker has heard and said. */
  const heard = new Map<string, { role: string; content: string; name?: string }[]>(
    speakers.map(({ id }) => [id, []]),
  );
  const events: LogEvent[] = speakers.map(({ id, kind }) => ({
    type: 'agent.start',
    at: timeOf(0),
    agent: { id, ...(kind !== 'model' && { role: kind }) },
  }));
  for (const [i, { speaker, to, content }] of turns.entries()) {
    const at = timeOf(i + 1);
    const callId = kinds.get(speaker) === 'model' ? `turn-${i + 1}` : undefined;
    if (callId !== undefined) {
      events.push({
        type: 'call.start',
        at,
        call_id: callId,
        agent: { id: speaker },
        operation: 'chat',
        provider: 'unknown',
        model: 'unknown',
        messages: [...(heard.get(speaker) ?? [])],
        metadata: { turn: i + 1, request: 'put together from the conversation' },
      });
      const message = { role: 'assistant', content };
      events.push({ type: 'call.end', at, call_id: callId, status: 'ok', reply: { message } });
    }
    if (to !== undefined) {
      events.push({
        type: 'message',
        at,
        message_id: `message-${i + 1}`,
        from: speaker,
        to,
        ...(callId !== undefined && { call_id: callId }),
        content,
        status: 'delivered',
      });
      heard.get(to)?.push({ role: 'user', content, name: speaker });
    }
    heard.get(speaker)?.push({ role: 'assistant', content });
  }
  return events;
}
