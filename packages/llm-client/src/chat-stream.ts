import type { FinishReason, WireCompletion } from '@pd/call-log/openai-wire';
import type { Reply } from '@pd/call-log/schema';
import type { Backend } from './backend/backend.ts';
import { type FinishedCall, isFinished } from './call/finished-call.ts';
import type { PreparedCall } from './call/prepare-call.ts';
import { ReplyStream } from './call/reply-stream.ts';
import { StreamedChat } from './call/streamed-reply.ts';
import { recordedParts } from './cassette/recorded-parts.ts';
import type { ChatResult, TokenUsage } from './chat-result.ts';

/** One piece of a reply. With `n` above 1 the pieces are those of the first choice; `result()` has them all. */
export type DeltaPart =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  /** `index` says which tool call; the first piece of one has its id and name, `arguments` is what is new of them. */
  | { type: 'tool-call-delta'; index: number; id?: string; name?: string; arguments: string };

/** What is not a piece of the reply itself. `usage` and `finish` come last, when the call's end is on record. */
export type EndPart =
  /** What came before is void: another attempt begins. Only with `retry.afterFirstChunk`. */
  | { type: 'restart' }
  | { type: 'usage'; usage: TokenUsage }
  | { type: 'finish'; reason: FinishReason | undefined; raw: string | undefined };

/** One part of a streamed chat completion, as it comes. */
export type StreamPart = DeltaPart | EndPart;

/** A chat completion as it comes, made by `client.stream()`; its parts are {@link StreamPart}s. */
export class ChatStream extends ReplyStream<WireCompletion, DeltaPart, ChatResult> {
  constructor(backend: Backend, call: PreparedCall | FinishedCall) {
    super(call, {
      open: (request) => backend.stream(request),
      createReply: () => new StreamedChat(choicesOf(call)),
      toChunks: (reply) => [asChunk(reply)],
      recorded: recordedParts,
    });
  }
}

function choicesOf(call: PreparedCall | FinishedCall): number {
  const parameters = isFinished(call) ? call.finished.pre.parameters : call.record.start.parameters;
  const { n } = (parameters ?? {}) as { n?: unknown };
  return typeof n === 'number' && n > 1 ? n : 1;
}

/** A whole reply as the one piece of a stream, where tool calls are numbered. */
function asChunk({
  message = {},
  finish_reason_raw,
  other_choices = [],
  other_ends = [],
}: Reply): WireCompletion {
  const ends = [finish_reason_raw, ...other_ends.map((end) => end.finish_reason_raw)];
  const choices = [message, ...other_choices].map(({ tool_calls: calls, ...delta }, index) => {
    const tool_calls = Array.isArray(calls)
      ? calls.map((call, place) => ({ index: place, ...(call as object) }))
      : undefined;
    return {
      index,
      delta: { ...delta, ...(tool_calls !== undefined && { tool_calls }) },
      finish_reason: ends[index] ?? null,
    };
  });
  return { choices };
}
