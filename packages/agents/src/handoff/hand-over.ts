import { randomUUID } from 'node:crypto';
import type { ChatMessageParam, LLMClient } from '@pd/llm-client';
import type { AgentPart, AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { addUsage } from '../loop/add-usage.ts';
import { Handoff } from './handoff.ts';
import { toHandedHistory } from './to-handed-history.ts';

/** Agents that hand over to each other for ever are stopped here. */
const MOST_HANDOFFS = 10;

/** The handoff with which an answer ended, if it did; of several the first. */
export function handoffOf({ stopReason, toolRuns = [] }: AgentReply): Handoff | undefined {
  if (stopReason !== 'ended_by_tool') return undefined;
  for (const { result, status } of toolRuns) if (status === 'ok' && result instanceof Handoff) return result;
  return undefined;
}

interface HandingOver {
  from: string;
  message: IncomingMessage;
  /** The conversation before the message. */
  before: readonly ChatMessageParam[];
  /** The first agent's part of the answer. */
  reply: AgentReply;
  options: RespondOptions;
  record: LLMClient['record'];
  isStreamed: boolean;
}

/** Lets the next agent answer, and puts the edge from one to the other on record. */
export async function* handOver(
  handoff: Handoff,
  { from, message, before, reply, options, record, isStreamed }: HandingOver,
): AsyncGenerator<AgentPart, AgentReply, undefined> {
  const { agent, note } = handoff;
  const handedOverBy = [...(options.handedOverBy ?? []), from];
  if (handedOverBy.length > MOST_HANDOFFS) return { ...reply, stopReason: 'max_handoffs', messages: [] };
  const history = await toHandedHistory(before, handoff, from);
  const messageId = `msg_${randomUUID()}`;
  record({
    type: 'message',
    message_id: messageId,
    from,
    to: agent.id,
    ...(reply.callId !== undefined && { call_id: reply.callId }),
    content: note,
    status: 'delivered',
  });
  try {
    const asked = { ...options, history, handedOverBy, parentCallId: reply.callId ?? options.parentCallId };
    let answer: AgentReply;
    if (isStreamed) {
      const stream = agent.stream(message, asked);
      yield* stream.parts();
      answer = await stream.result();
    } else answer = await agent.respond(message, asked);
    record({ type: 'message', message_id: messageId, status: 'handled' });
    return joined(reply, answer, agent.id);
  } catch (error) {
    // An abort decides nothing about the message.
    if (options.signal?.aborted !== true)
      record({ type: 'message', message_id: messageId, status: 'rejected' });
    throw error;
  }
}

/** The answer of the second, with what both have spent and done. */
function joined(first: AgentReply, answer: AgentReply, agentId: string): AgentReply {
  const isPriced =
    first.costUsd !== undefined && (answer.callId === undefined || answer.costUsd !== undefined);
  const isKept = answer.messages === undefined || answer.messages.length > 0;
  return {
    ...answer,
    answeredBy: answer.answeredBy ?? agentId,
    ...(first.usage !== undefined && {
      usage: answer.usage === undefined ? first.usage : addUsage(first.usage, answer.usage),
    }),
    costUsd: isPriced ? (first.costUsd ?? 0) + (answer.costUsd ?? 0) : undefined,
    steps: (first.steps ?? 0) + (answer.steps ?? 0),
    toolRuns: [...(first.toolRuns ?? []), ...(answer.toolRuns ?? [])],
    // What the second one's tools did stays with it; the first keeps that it handed over, and the answer.
    messages: isKept ? [...(first.messages ?? []), { role: 'assistant', content: answer.content }] : [],
  };
}
