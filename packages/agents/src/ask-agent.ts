import { randomUUID } from 'node:crypto';
import type { LLMClient } from '@pd/llm-client';
import type { Agent, AgentReply, IncomingMessage } from './agent.ts';

/** Who asks another agent, and for which call. */
export interface Asking {
  from: string;
  callId: string | undefined;
  record: LLMClient['record'];
  signal: AbortSignal | undefined;
}

/** Asks another agent and puts the messages to it and back on record: the edges of the graph. */
export async function askAgent(
  agent: Agent,
  { content, ...shown }: Omit<IncomingMessage, 'from'>,
  { from, callId, record, signal }: Asking,
): Promise<AgentReply> {
  const question = `msg_${randomUUID()}`;
  const asked = callId === undefined ? {} : { call_id: callId };
  record({
    type: 'message',
    message_id: question,
    from,
    to: agent.id,
    ...asked,
    content,
    status: 'delivered',
  });
  try {
    const reply = await agent.respond({ content, ...shown, from }, { signal, parentCallId: callId });
    record({ type: 'message', message_id: question, status: 'handled' });
    record({
      type: 'message',
      message_id: `msg_${randomUUID()}`,
      from: agent.id,
      to: from,
      ...(reply.callId !== undefined && { call_id: reply.callId }),
      content: reply.content,
      status: 'delivered',
    });
    return reply;
  } catch (error) {
    // An abort decides nothing about the message.
    if (signal?.aborted !== true) record({ type: 'message', message_id: question, status: 'rejected' });
    throw error;
  }
}
