import type { ChatMessage } from '../chat-request.ts';
import { type Completion, type CompletionSource, complete } from '../completion.ts';
import { parseResponsesRequest } from './parse-responses-request.ts';
import type { ResponseMemory } from './response-memory.ts';
import { responseId, toResponse, toResponseEvents } from './to-response.ts';

/** What is served for a request of the Responses API, in both of its wire forms. */
export interface ServedResponse {
  completion: Completion;
  stream: boolean;
  body: () => object;
  events: () => Iterable<{ type: string }>;
}

/**
 * Answers a request of the Responses API as the same chat completion, and remembers it for the next.
 *
 * @param checkModel throws for a model that does not exist
 */
export function answerResponses(
  body: unknown,
  text: string,
  source: CompletionSource,
  memory: ResponseMemory,
  checkModel: (model: string) => void,
): ServedResponse {
  const request = parseResponsesRequest(body, (id) => memory.recall(id));
  checkModel(request.chat.model);
  const completion = complete(request.chat, text, source);
  const { previousId, instructions } = request;
  if (request.store) {
    const before = previousId === undefined ? [] : memory.recall(previousId);
    memory.keep(responseId(completion.id), [...before, ...request.input, said(completion)]);
  }
  return {
    completion,
    stream: request.chat.stream,
    body: () => toResponse(completion, previousId, instructions),
    events: () => toResponseEvents(completion, previousId, instructions),
  };
}

function said({ choices: [first] }: Completion): ChatMessage {
  return { role: 'assistant', text: first?.text ?? '', name: undefined, toolCalls: first?.toolCalls ?? [] };
}
