import { answer } from './answer.ts';
import { badRequest } from './api-error.ts';
import type { ChatRequest } from './chat-request.ts';
import { toChunks } from './chunks.ts';
import { type Choice, lengthOf, limitReply } from './limits.ts';
import { hash } from './random.ts';
import { type OfflineConversation, recordedPrefix, recordedReply } from './recorded.ts';
import { tokensIn } from './tokens.ts';
import type { ToolCall } from './tools/tool.ts';
import type { OfflineUsage } from './types.ts';

/** A finished completion, not yet in either of its two wire forms. */
export interface Completion {
  id: string;
  model: string;
  created: number;
  choices: Choice[];
  usage: OfflineUsage;
}

/** What a completion depends on besides the request. */
export interface CompletionSource {
  seed: string;
  conversation: OfflineConversation | undefined;
  now: () => number;
}

/** Answers a request. `body` is the request as it came; the id is a hash of it and the seed. */
export function complete(request: ChatRequest, body: string, source: CompletionSource): Completion {
  const choices = chooseReplies(request, source);
  const prompt_tokens = tokensIn(request.messages.reduce((sum, message) => sum + message.text.length, 0));
  const completion_tokens = choices.reduce((sum, choice) => sum + tokensIn(lengthOf(choice)), 0);
  return {
    id: `chatcmpl-${hash(source.seed, body).slice(0, 32)}`,
    model: request.model,
    created: Math.floor(source.now() / 1000),
    choices,
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

function chooseReplies(request: ChatRequest, { seed, conversation }: CompletionSource): Choice[] {
  const { model, messages, n, stop, maxTokens } = request;
  if (conversation !== undefined && model.startsWith(recordedPrefix)) {
    // A record is a record: no limit of the request shortens it, or the next turn could not match it.
    const text = recordedReply(conversation, model.slice(recordedPrefix.length), messages);
    return Array.from({ length: n }, () => ({ text, toolCalls: [], finishReason: 'stop' }));
  }
  if (messages.length === 0) {
    throw badRequest("Invalid 'messages': expected at least one message.", 'messages', 'empty_array');
  }
  return Array.from({ length: n }, (_, index) => {
    const said = answer(request, [seed, `${request.seed ?? ''}`, model, `${index}`]);
    return limitReply(said, stop, maxTokens);
  });
}

const fingerprint = { system_fingerprint: 'pd-offline' };

/** The completion as one `chat.completion` object. */
export function toCompletionBody({ id, model, created, choices, usage }: Completion): object {
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: choices.map(({ text, toolCalls, finishReason }, index) => ({
      index,
      message: {
        role: 'assistant',
        content: toolCalls.length > 0 ? null : text,
        refusal: null,
        ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toWireCall) }),
      },
      logprobs: null,
      finish_reason: finishReason,
    })),
    usage,
    ...fingerprint,
  };
}

/**
 * The completion as `chat.completion.chunk` objects: for each choice the role, then the text or the tool calls,
 * then the finish reason; and, only when usage was asked for, `usage: null` on all of these and a last one with the usage and
 * no choices.
 */
export function* toCompletionChunks(completion: Completion, includeUsage: boolean): Generator<object> {
  const { id, model, created, choices, usage } = completion;
  const head = { id, object: 'chat.completion.chunk', created, model, ...fingerprint };
  const tail = includeUsage ? { usage: null } : {};
  const chunk = (index: number, delta: object, finish_reason: string | null) => ({
    ...head,
    choices: [{ index, delta, logprobs: null, finish_reason }],
    ...tail,
  });
  for (const [index, { text, toolCalls, finishReason }] of choices.entries()) {
    yield chunk(index, { role: 'assistant', content: toolCalls.length > 0 ? null : '', refusal: null }, null);
    for (const content of toChunks(text)) yield chunk(index, { content }, null);
    for (const [at, call] of toolCalls.entries()) {
      yield chunk(index, { tool_calls: [{ index: at, ...toWireCall({ ...call, arguments: '' }) }] }, null);
      for (const piece of toChunks(call.arguments))
        yield chunk(index, { tool_calls: [{ index: at, function: { arguments: piece } }] }, null);
    }
    yield chunk(index, {}, finishReason);
  }
  if (includeUsage) yield { ...head, choices: [], usage };
}

function toWireCall({ id, name, arguments: given }: ToolCall): object {
  return { id, type: 'function', function: { name, arguments: given } };
}
