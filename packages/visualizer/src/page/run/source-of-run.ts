import type { GraphSource, SourceCall, SourceMessage, SourceToolCall } from '../../graph/graph-source.ts';
import { statusAt } from '../../text/status.ts';
import type { Matches } from '../search/filter.ts';
import type { RunModel } from './run-model.ts';

type Facts = Pick<RunModel, 'run' | 'speakers' | 'names' | 'calls' | 'toolCalls' | 'messages' | 'origin'>;

/**
 * The columns as what graphs are folded from; only what `matches` has, if it is given.
 */
export function sourceOfRun(facts: Facts, matches?: Matches): GraphSource {
  const { run, speakers } = facts;
  return {
    runId: run.id,
    ...(run.name !== undefined && { runName: run.name }),
    agents: speakers.map(({ id, label, role, parentId }) => ({
      id,
      name: label,
      ...(role !== undefined && { role }),
      ...(parentId !== undefined && { parentId }),
    })),
    calls: { [Symbol.iterator]: () => callsOf(facts, matches?.calls) },
    messages: { [Symbol.iterator]: () => messagesOf(facts, matches?.messages) },
  };
}

function* callsOf(facts: Facts, wanted?: Uint8Array): Generator<SourceCall> {
  const { calls, names, speakers, toolCalls, origin } = facts;
  const name = (place: number | undefined) => names[place ?? -1] ?? '';
  let tool = 0;
  for (let index = 0; index < calls.count; index++) {
    const tools: SourceToolCall[] = [];
    for (; toolCalls.call[tool] === index; tool++) {
      tools.push({
        id: toolCalls.id[tool] ?? '',
        name: name(toolCalls.name[tool]),
        status: name(toolCalls.status[tool]),
        durationMs: toolCalls.durationMs[tool] ?? undefined,
      });
    }
    if (wanted !== undefined && wanted[index] !== 1) continue;
    const status = statusAt(calls.status[index]);
    yield {
      id: calls.id[index] ?? '',
      agentId: speakers[calls.agent[index] ?? -1]?.id ?? '',
      provider: name(calls.provider[index]),
      model: name(calls.model[index]),
      startMs: origin + (calls.start[index] ?? 0),
      // What did not end has no end in the record, only a place where the record of it stops.
      endMs: status === 'open' ? undefined : origin + (calls.end[index] ?? 0),
      durationMs: known(calls.durationMs[index]),
      status,
      inputTokens: known(calls.inputTokens[index]),
      outputTokens: known(calls.outputTokens[index]),
      costUsd: known(calls.costUsd[index]),
      parentCallId: calls.id[calls.parent[index] ?? -1],
      attempts: calls.attempts[index] ?? 0,
      toolCalls: tools,
    };
  }
}

function* messagesOf(facts: Facts, wanted?: Uint8Array): Generator<SourceMessage> {
  const { messages, calls, speakers, origin } = facts;
  for (let index = 0; index < messages.count; index++) {
    if (wanted !== undefined && wanted[index] !== 1) continue;
    yield {
      index,
      id: messages.id[index] ?? '',
      from: speakers[messages.from[index] ?? -1]?.id,
      to: speakers[messages.to[index] ?? -1]?.id,
      atMs: origin + (messages.at[index] ?? 0),
      callId: calls.id[messages.call[index] ?? -1],
      status: messages.status[index] ?? 'delivered',
    };
  }
}

function known(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
