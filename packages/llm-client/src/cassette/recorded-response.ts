import type { WireResponse, WireResponseEvent } from '@pd/call-log/openai-wire';
import type { CallNode } from '@pd/call-log/schema';

/** A recorded response as the server sent it, as far as the log has it. */
export function toResponse({ post, usage }: CallNode): WireResponse {
  const raw = post?.finish_reason_raw;
  const incomplete = post?.partial !== true && raw !== 'completed';
  const { input_tokens, output_tokens, cache_read_input_tokens, reasoning_output_tokens } = usage ?? {};
  return {
    object: 'response',
    ...(post?.id !== undefined && { id: post.id }),
    ...(post?.model !== undefined && { model: post.model }),
    ...(raw !== undefined &&
      (incomplete ? { status: 'incomplete', incomplete_details: { reason: raw } } : { status: raw })),
    output: post?.output ?? [],
    usage: {
      ...(input_tokens !== undefined && { input_tokens }),
      ...(output_tokens !== undefined && { output_tokens }),
      ...(cache_read_input_tokens !== undefined && {
        input_tokens_details: { cached_tokens: cache_read_input_tokens },
      }),
      ...(reasoning_output_tokens !== undefined && {
        output_tokens_details: { reasoning_tokens: reasoning_output_tokens },
      }),
    },
  };
}

/** The same as the events of a stream: every item of the output when it is done, its text in pieces before that. */
export function* toResponseEvents(call: CallNode): Generator<WireResponseEvent> {
  const response = toResponse(call);
  for (const [output_index, item] of (response.output ?? []).entries()) {
    yield { type: 'response.output_item.added', output_index, item: { ...item, content: [], arguments: '' } };
    for (const { text } of item.type === 'message' ? (item.content ?? []) : [])
      for (const delta of text?.match(/\S+\s*|\s+/g) ?? [])
        yield { type: 'response.output_text.delta', output_index, delta };
    yield { type: 'response.output_item.done', output_index, item };
  }
  // Without a finish reason it was cut off, and is again.
  if (response.status !== undefined) yield { type: `response.${response.status}`, response };
}
