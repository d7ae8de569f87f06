import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';
import { parseChatRequest } from '../chat-request.ts';
import { type CompletionSource, complete, toCompletionBody, toCompletionChunks } from '../completion.ts';
import { answerEmbeddings } from '../embeddings/answer-embeddings.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import type { Models } from '../models.ts';
import { answerResponses } from '../responses/answer-responses.ts';
import type { ResponseMemory } from '../responses/response-memory.ts';
import type { OfflineRequest } from '../types.ts';
import { parseJson, readBody } from './body.ts';
import { checkHost, checkKey } from './guard.ts';
import { findRoute } from './router.ts';
import { toChatFrames, toResponseFrames, writeFrames } from './sse.ts';

/** All that a request can touch. */
export interface HandlerContext {
  source: CompletionSource;
  models: Models;
  memory: ResponseMemory;
  ledger: Ledger;
  apiKey: string | undefined;
  chunkDelayMs: number;
  onRequest: ((request: OfflineRequest) => void) | undefined;
}

type Answer = { type: 'json'; body: object } | { type: 'events'; frames: Iterable<string> };

const about = {
  name: 'ProjectDeux offline stand-in',
  description:
    'Not a language model: a small grammar, or a recorded conversation, behind an OpenAI-compatible API, so that programs run without a key or a network.',
  endpoints: [
    'POST /v1/chat/completions',
    'POST /v1/responses',
    'POST /v1/embeddings',
    'GET /v1/models',
    'GET /v1/models/{id}',
  ],
};

/** Handles one request from first to last byte. Never rejects. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  context: HandlerContext,
): Promise<void> {
  const { ledger, onRequest } = context;
  const entry = ledger.open();
  const gone = new AbortController();
  response.once('close', () => {
    ledger.settle(entry, response.writableFinished ? 'sent' : 'aborted');
    gone.abort();
  });
  response.setHeader('x-pd-offline', '1');
  response.setHeader('x-request-id', entry.id);
  const decided = (status: number) => {
    entry.status = status;
    ledger.record(entry);
    notify(onRequest, entry);
  };
  let answered = false;
  try {
    const answer = await answerTo(request, entry, context);
    answered = true;
    decided(200);
    if (answer.type === 'json') sendJson(response, 200, answer.body);
    else {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
      });
      await writeFrames(response, answer.frames, context.chunkDelayMs, gone.signal);
    }
  } catch (error) {
    if (!answered) {
      const failure = request.destroyed && !request.complete ? clientLeft() : toApiError(error);
      decided(failure.status);
      sendJson(response, failure.status, failure.toBody(), failure.details.headers);
    } else {
      // Too late for an error object: a stream that is cut without `[DONE]` is how a reader learns of it.
      response.destroy();
    }
  }
}

async function answerTo(
  request: IncomingMessage,
  entry: LedgerEntry,
  context: HandlerContext,
): Promise<Answer> {
  checkHost(request);
  const route = findRoute(request.method ?? 'GET', request.url ?? '/');
  entry.route = route.pattern;
  if (route.type === 'about') return { type: 'json', body: { ...about, models: context.models.list() } };
  checkKey(request, context.apiKey);
  switch (route.type) {
    case 'models':
      return { type: 'json', body: { object: 'list', data: context.models.list() } };
    case 'model':
      entry.model = route.id;
      return { type: 'json', body: context.models.get(route.id) };
    case 'chat':
      return answerChat(await readBody(request), entry, context);
    case 'responses':
      return answerResponse(await readBody(request), entry, context);
    case 'embeddings':
      return answerEmbedding(await readBody(request), entry, context);
  }
}

function answerChat(body: string, entry: LedgerEntry, { models, source }: HandlerContext): Answer {
  const chat = parseChatRequest(parseJson(body));
  entry.model = chat.model;
  entry.stream = chat.stream;
  models.get(chat.model);
  const completion = complete(chat, body, source);
  entry.usage = completion.usage;
  return chat.stream
    ? { type: 'events', frames: toChatFrames(toCompletionChunks(completion, chat.includeUsage)) }
    : { type: 'json', body: toCompletionBody(completion) };
}

function answerResponse(
  body: string,
  entry: LedgerEntry,
  { models, source, memory }: HandlerContext,
): Answer {
  const served = answerResponses(parseJson(body), body, source, memory, (model) => {
    entry.model = model;
    models.get(model);
  });
  entry.stream = served.stream;
  entry.usage = served.completion.usage;
  return served.stream
    ? { type: 'events', frames: toResponseFrames(served.events()) }
    : { type: 'json', body: served.body() };
}

function answerEmbedding(body: string, entry: LedgerEntry, { models }: HandlerContext): Answer {
  const { model, usage, body: served } = answerEmbeddings(parseJson(body));
  entry.model = model;
  models.get(model);
  entry.usage = usage;
  return { type: 'json', body: served };
}

function sendJson(response: ServerResponse, status: number, body: object, headers = {}): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...headers,
  });
  response.end(bytes);
}

/** A listener that throws is its owner's bug and must not cost somebody else an answer. */
function notify(onRequest: HandlerContext['onRequest'], entry: LedgerEntry): void {
  try {
    onRequest?.(entry);
  } catch (error) {
    process.emitWarning(`onRequest of the offline server threw: ${String(error)}`, 'OfflineServerWarning');
  }
}

function clientLeft(): ApiError {
  return new ApiError(499, 'The client left before its request was complete.');
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError(
    500,
    `The offline stand-in failed: ${reason}`,
    { type: 'server_error' },
    { cause: error },
  );
}
