import { toChunks } from '../chunks.ts';
import type { Completion } from '../completion.ts';
import { hash } from '../random.ts';

/** A piece of a response's output: its message, or one call of a function. */
type Item = Record<string, unknown> & { id: string; type: 'message' | 'function_call' };

/** The completion as a `response` object. @param previousId the response it goes on from */
export function toResponse(
  completion: Completion,
  previousId: string | undefined,
  instructions: string | undefined,
): Record<string, unknown> {
  const { usage, choices } = completion;
  const isCut = choices[0]?.finishReason === 'length';
  return {
    ...head(completion, previousId, instructions),
    status: isCut ? 'incomplete' : 'completed',
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    output: itemsOf(completion),
    usage: {
      input_tokens: usage.prompt_tokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: usage.completion_tokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: usage.total_tokens,
    },
  };
}

/**
 * The completion as the events of a stream, the last of which has the whole response.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming (read November 2026)
 */
export function* toResponseEvents(
  completion: Completion,
  previousId: string | undefined,
  instructions: string | undefined,
): Generator<Record<string, unknown> & { type: string }> {
  let sequence_number = 0;
  const event = (type: string, fields: object) => ({ type, sequence_number: sequence_number++, ...fields });
  const begun = {
    ...head(completion, previousId, instructions),
    status: 'in_progress',
    incomplete_details: null,
    output: [],
    usage: null,
  };
  yield event('response.created', { response: begun });
  yield event('response.in_progress', { response: begun });
  for (const [output_index, item] of itemsOf(completion).entries()) {
    const place = { item_id: item.id, output_index };
    const open = {
      ...item,
      status: 'in_progress',
      ...(item.type === 'message' ? { content: [] } : { arguments: '' }),
    };
    yield event('response.output_item.added', { output_index, item: open });
    if (item.type === 'message') yield* textEvents(completion.choices[0]?.text ?? '', place, event);
    else yield* callEvents(item, place, event);
    yield event('response.output_item.done', { output_index, item });
  }
  const response = toResponse(completion, previousId, instructions);
  yield event(`response.${response.status}`, { response });
}

type MakeEvent = (type: string, fields: object) => Record<string, unknown> & { type: string };

function* textEvents(text: string, place: object, event: MakeEvent) {
  const at = { ...place, content_index: 0 };
  yield event('response.content_part.added', { ...at, part: textPart('') });
  for (const delta of toChunks(text))
    yield event('response.output_text.delta', { ...at, delta, logprobs: [] });
  yield event('response.output_text.done', { ...at, text, logprobs: [] });
  yield event('response.content_part.done', { ...at, part: textPart(text) });
}

function* callEvents(item: Item, place: object, event: MakeEvent) {
  const given = String(item.arguments);
  for (const delta of toChunks(given))
    yield event('response.function_call_arguments.delta', { ...place, delta });
  yield event('response.function_call_arguments.done', { ...place, name: item.name, arguments: given });
}

function head(
  { id, created, model }: Completion,
  previousId: string | undefined,
  instructions: string | undefined,
) {
  return {
    id: responseId(id),
    object: 'response',
    created_at: created,
    model,
    error: null,
    instructions: instructions ?? null,
    metadata: {},
    previous_response_id: previousId ?? null,
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: 'auto',
    tools: [],
    top_p: null,
  };
}

/** `resp_…` for the `chatcmpl-…` that it would be. */
export function responseId(completionId: string): string {
  return completionId.replace('chatcmpl-', 'resp_');
}

function itemsOf({ id, choices }: Completion): Item[] {
  const { text = '', toolCalls = [], finishReason } = choices[0] ?? {};
  const status = finishReason === 'length' ? 'incomplete' : 'completed';
  if (toolCalls.length === 0)
    return [
      {
        id: `msg_${hash(id).slice(0, 24)}`,
        type: 'message',
        status,
        role: 'assistant',
        content: [textPart(text)],
      },
    ];
  return toolCalls.map((call, index) => ({
    id: `fc_${hash(id, `${index}`).slice(0, 24)}`,
    type: 'function_call',
    status,
    call_id: call.id,
    name: call.name,
    arguments: call.arguments,
  }));
}

function textPart(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}
