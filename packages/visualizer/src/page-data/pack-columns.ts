import type { RunTree } from '@pd/call-log/schema';
import { contentText } from '../text/content-text.ts';
import { excerpt } from './excerpt.ts';
import type { Interval } from './interval.ts';
import { isReply } from './is-reply.ts';
import type { OrderedCall } from './ordered-calls.ts';
import type { Columns, PackedSpeaker } from './page-data.ts';

/** The columns of a run. */
export function packColumns(
  { messages }: RunTree,
  calls: readonly OrderedCall[],
  speakers: readonly PackedSpeaker[],
  span: Interval,
): Columns {
  const names = new Names();
  const speakerAt = new Map(speakers.map(({ id }, place) => [id, place]));
  const callAt = new Map(calls.map(({ call }, place) => [call.id, place]));
  const place = <T>(places: Map<T, number>, key: T | undefined) =>
    key === undefined ? -1 : (places.get(key) ?? -1);
  const columns: Columns = {
    origin: span.start,
    end: span.end - span.start,
    names: names.list,
    calls: {
      id: calls.map(({ call }) => call.id),
      agent: calls.map(({ agentId }) => place(speakerAt, agentId)),
      parent: calls.map(({ call }) => place(callAt, call.parent_call_id)),
      provider: calls.map(({ call }) => names.place(call.pre.provider)),
      model: calls.map(({ call }) => names.place(call.pre.model)),
      status: calls.map(({ call }) => names.place(call.status)),
      start: calls.map(({ start }) => start - span.start),
      end: calls.map(({ end }) => end - span.start),
      durationMs: calls.map(({ call }) => call.duration_ms ?? null),
      firstChunkMs: calls.map(({ call }) => call.time_to_first_chunk_ms ?? null),
      inputTokens: calls.map(({ call }) => call.usage?.input_tokens ?? null),
      outputTokens: calls.map(({ call }) => call.usage?.output_tokens ?? null),
      cachedTokens: calls.map(({ call }) => call.usage?.cache_read_input_tokens ?? null),
      costUsd: calls.map(({ call }) => call.cost_usd ?? null),
      attempts: calls.map(({ call }) => call.attempts.length),
      error: calls.map(({ call }) => (call.error === undefined ? -1 : names.place(call.error.type))),
      excerpt: calls.map(({ call }) =>
        excerpt([call.error?.message, contentText(call.post?.message?.content)].filter(Boolean).join(' · ')),
      ),
    },
    toolCalls: { call: [], id: [], name: [], status: [], durationMs: [] },
    messages: {
      id: messages.map(({ id }) => id),
      from: messages.map(({ from }) => place(speakerAt, from)),
      to: messages.map(({ to }) => place(speakerAt, to)),
      call: messages.map(({ call_id: id }) => place(callAt, id)),
      at: messages.map(({ at }) => (Date.parse(at) || span.start) - span.start),
      status: messages.map(({ status }) => names.place(status)),
      excerpt: messages.map((message) =>
        isReply(message, calls[place(callAt, message.call_id)])
          ? null
          : excerpt(contentText(message.content)),
      ),
    },
  };
  calls.forEach(({ call }, index) => {
    for (const { id, name, status, duration_ms: durationMs } of call.tool_calls) {
      columns.toolCalls.call.push(index);
      columns.toolCalls.id.push(id);
      columns.toolCalls.name.push(names.place(name));
      columns.toolCalls.status.push(names.place(status));
      columns.toolCalls.durationMs.push(durationMs ?? null);
    }
  });
  return columns;
}

/** Each name once, referred to by its place. */
class Names {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  place(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.list.push(name) - 1;
      this.#places.set(name, place);
    }
    return place;
  }
}
