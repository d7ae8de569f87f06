import { endOf } from './call-times.ts';
import type { GraphSource, SourceCall, SourceMessage } from './graph-source.ts';
import { lazily } from './lazily.ts';

/**
 * What was on record at a moment, in ms since 1970: what had begun, calls that had not ended as `open` ones
 * of which no more is known. What has no time counts as there from the start. All agents are there, because
 * the record does not say when they were named; a message has the status it got in the end, because the
 * record does not say when it got it.
 */
export function sourceAt(source: GraphSource, atMs: number): GraphSource {
  return {
    ...source,
    calls: lazily(() => callsAt(source.calls, atMs)),
    messages: lazily(() => messagesAt(source.messages, atMs)),
  };
}

function* callsAt(calls: Iterable<SourceCall>, atMs: number): Generator<SourceCall> {
  for (const call of calls) {
    if (call.startMs !== undefined && call.startMs > atMs) continue;
    const end = endOf(call);
    yield end === undefined || end <= atMs ? call : begun(call);
  }
}

function* messagesAt(messages: Iterable<SourceMessage>, atMs: number): Generator<SourceMessage> {
  for (const message of messages) if (message.atMs === undefined || message.atMs <= atMs) yield message;
}

function begun({ id, agentId, provider, model, startMs, parentCallId }: SourceCall): SourceCall {
  return { id, agentId, provider, model, startMs, parentCallId, status: 'open', attempts: 1, toolCalls: [] };
}
