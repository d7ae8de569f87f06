import type { CallNode } from '@pd/call-log/schema';
import { agentKey } from '../../graph/keys.ts';
import type { Columns, PackedAnalysis, PackedRun } from '../../page-data/page-data.ts';
import { statusCode } from '../../text/status.ts';
import { BlockList } from './block-list.ts';
import { MessageBodies } from './message-bodies.ts';
import { type Blocks, readBlock } from './read-block.ts';
import type { CallColumns, MessageColumns, More, RunModel } from './run-model.ts';
import { toSpeaker } from './speaker.ts';

/** Roles the log writes for speakers that have no model behind them. */
const WITHOUT_MODEL: ReadonlySet<string> = new Set(['person', 'terminal', 'tool']);

/** Opens a run of the document: its columns are decoded, what was said is not yet. */
export async function openRun(packed: PackedRun, blocks: Blocks): Promise<RunModel> {
  // Written by packRun() of the same build into the same document.
  const columns = (await readBlock(blocks, packed.columns)) as Columns;
  const calls = openCalls(columns);
  const messages = openMessages(columns);
  const callBodies = new BlockList<CallNode>(blocks, packed.calls);
  const callers = new Set(calls.agent);
  const speakers = packed.speakers.map((speaker, place) =>
    toSpeaker(speaker, place, !callers.has(place) && WITHOUT_MODEL.has(speaker.role ?? '')),
  );
  const { more, analysis } = packed;
  let opened: Promise<PackedAnalysis> | undefined;
  const run = {
    run: packed.run,
    audit: packed.audit,
    speakers,
    speakerById: new Map(speakers.map((speaker) => [speaker.id, speaker])),
    layout: packed.layout,
    names: columns.names,
    calls,
    toolCalls: columns.toolCalls,
    messages,
    callPlaces: places(calls.id),
    messagePlaces: places(messages.id),
    isInTurns: packed.isInTurns ?? false,
    origin: columns.origin,
    end: Math.max(1, columns.end),
    callBodies,
    messageBodies: new MessageBodies(new BlockList(blocks, packed.messages), callBodies, messages),
    more: async () => (more === undefined ? { orphans: [] } : ((await readBlock(blocks, more)) as More)),
    hasAnalysis: analysis !== undefined,
    analysis: async () => {
      if (analysis === undefined) return undefined;
      opened ??= readBlock(blocks, analysis) as Promise<PackedAnalysis>;
      return opened;
    },
  };
  return {
    ...run,
    graph: packed.graph,
    speakerByKey: new Map(speakers.map((speaker) => [agentKey(speaker.id), speaker])),
  };
}

function openCalls({ names, calls }: Columns): CallColumns {
  const codes = names.map(statusCode);
  return {
    count: calls.id.length,
    id: calls.id,
    agent: Int32Array.from(calls.agent),
    parent: Int32Array.from(calls.parent),
    provider: Int32Array.from(calls.provider),
    model: Int32Array.from(calls.model),
    status: Uint8Array.from(calls.status, (name) => codes[name] ?? 1),
    start: Float64Array.from(calls.start),
    end: Float64Array.from(calls.end),
    durationMs: numbers(calls.durationMs),
    firstChunkMs: numbers(calls.firstChunkMs),
    inputTokens: numbers(calls.inputTokens),
    outputTokens: numbers(calls.outputTokens),
    cachedTokens: numbers(calls.cachedTokens),
    costUsd: numbers(calls.costUsd),
    attempts: Int32Array.from(calls.attempts),
    error: Int32Array.from(calls.error),
    excerpt: calls.excerpt,
  };
}

function openMessages({ names, calls, messages }: Columns): MessageColumns {
  return {
    count: messages.id.length,
    id: messages.id,
    from: Int32Array.from(messages.from),
    to: Int32Array.from(messages.to),
    call: Int32Array.from(messages.call),
    at: Float64Array.from(messages.at),
    status: messages.status.map((name) => (names[name] ?? 'delivered') as MessageColumns['status'][number]),
    isReply: Uint8Array.from(messages.excerpt, (text) => (text === null ? 1 : 0)),
    excerpt: messages.excerpt.map((text, place) => text ?? calls.excerpt[messages.call[place] ?? -1] ?? ''),
  };
}

function numbers(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

/** The first of those that have an id; one that is on record twice is shown by its first. */
function places(ids: readonly string[]): Map<string, number> {
  const map = new Map<string, number>();
  ids.forEach((id, place) => {
    if (!map.has(id)) map.set(id, place);
  });
  return map;
}
