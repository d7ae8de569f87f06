import { randomUUID } from 'node:crypto';
import type { LLMClient } from '@pd/llm-client';
import type { Agent, AgentPart, AgentReply, IncomingMessage } from './agent.ts';
import { drain } from './drain.ts';

/** Who asks another agent, and for which call. */
export interface Asking {
  from: string;
  callId: string | undefined;
  record: LLMClient['record'];
  signal: AbortSignal | undefined;
  /** Stable id of the question, from which the keys of the tools derive that answer it. */
  messageId?: string;
}

/** Asks another agent and puts the messages to it and back on record: the edges of the graph. */
export function askAgent(agent: Agent, message: IncomingMessage, asking: Asking): Promise<AgentReply> {
  return drain(streamAgent(agent, message, asking, false));
}

/** The same, as the answer comes. */
export async function* streamAgent(
  agent: Agent,
  message: IncomingMessage,
  { from, callId, record, signal, messageId }: Asking,
  isStreamed = true,
): AsyncGenerator<AgentPart, AgentReply, undefined> {
  const question = `msg_${randomUUID()}`;
  const { content } = message;
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
    const options = { signal, parentCallId: callId, ...(messageId !== undefined && { messageId }) };
    const told = { ...message, from };
    const stream = isStreamed ? agent.stream(told, options) : undefined;
    if (stream !== undefined) yield* stream.parts();
    const reply = await (stream?.result() ?? agent.respond(told, options));
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
