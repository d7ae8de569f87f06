import { guardLogger } from '@pd/call-log/logger';
import type { AgentRef, LogEvent, Logger } from '@pd/call-log/schema';
import type { Backend } from './backend/backend.ts';
import { createOpenAIBackend } from './backend/openai-backend.ts';
import { type Clock, systemClock } from './call/clock.ts';
import { createCallId, prepareCall } from './call/prepare-call.ts';
import { runChat } from './call/run-chat.ts';
import { createCassetteBackend } from './cassette/cassette-backend.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ChatResult } from './chat-result.ts';
import { ChatStream } from './chat-stream.ts';
import { type OwnServer, resolveModel } from './providers/resolve-model.ts';

export interface LLMClientOptions {
  /** `provider/model`, for example `openai/gpt-5-mini` or `ollama/llama3.2`; the model of calls that name none. */
  model: string;
  /**
   * Key of the model's provider, or of the server in `baseURL`; no other server ever gets it. Never read from the
   * environment here, never written to the log.
   */
  apiKey?: string;
  /** Any OpenAI-compatible server, instead of a provider; `model` is then the server's own name for it. */
  baseURL?: string;
  /** What the log calls the server behind `baseURL`. Default: `custom`. */
  provider?: string;
  /** Values of your own, on record with every call; a call's own metadata is laid over them. */
  metadata?: object;
  /** Called with every event of every call, in order; usually `createCallLog().logger`. */
  logger?: Logger | undefined;
  /** Answers calls from the record of an earlier run instead of a server: path of its journal or tree. */
  replay?: string;
  /** How long a call may take, in milliseconds. Default: 600,000. */
  timeoutMs?: number;
  /** Sent with every request to that provider or server. */
  headers?: Record<string, string>;
  /** Instead of the platform's `fetch`. */
  fetch?: typeof fetch;
  /** Default: the system's clock. */
  clock?: Clock;
  /** Makes call ids. Default: random UUIDs. */
  createId?: () => string;
  /** Told when the logger throws; the call goes on. Default: one process warning. */
  onLoggerError?: (error: unknown) => void;
}

/** What a client and those bound from it share, and what they were bound to. */
export interface ClientSettings {
  model: string;
  server: OwnServer | undefined;
  agent: AgentRef | undefined;
  metadata: object;
  /** The logger, made safe to call. */
  log: (event: LogEvent) => void;
  timeoutMs: number | undefined;
  clock: Clock;
  createId: () => string;
}

/** Makes model calls, each of them on record. */
export interface LLMClient {
  /**
   * Asks for a chat completion and resolves with the whole reply.
   *
   * @throws {ProviderError} when the provider answers with an error, by `code` and `status`
   * @throws {ConnectionError} when the server cannot be reached
   * @throws {CallTimeoutError} after `timeoutMs`
   * @throws {TruncatedReplyError} when the reply has no end, with what there is of it
   * @throws {MalformedReplyError} when the answer is no chat completion
   * @throws {MissingKeyError} when the provider wants a key and there is none
   * @throws {UnknownProviderError} when the model names no known provider
   * @throws the signal's reason when the call is aborted
   */
  chat(request: ChatRequest): Promise<ChatResult>;
  /**
   * Asks for a chat completion and returns it as it comes. The call begins, and its owner is decided, here and
   * now, wherever the stream is read. Errors come out of the iteration and of `result()`.
   *
   * @throws {UnknownProviderError} at once
   */
  stream(request: ChatRequest): ChatStream;
  /** A client for one agent or purpose: the same connections and log, other defaults. */
  bind(defaults: { agent?: AgentRef; metadata?: object; model?: string }): LLMClient;
}

/**
 * A client for every provider with an OpenAI-compatible endpoint. One request per call: nothing is retried
 * behind your back.
 *
 * @throws {UnknownProviderError} when the model names no known provider and there is no `baseURL`
 */
export function createLLMClient(options: LLMClientOptions): LLMClient {
  const {
    model,
    apiKey,
    baseURL,
    provider,
    metadata = {},
    logger,
    replay,
    timeoutMs,
    fetch,
    headers,
  } = options;
  const server = baseURL === undefined ? undefined : { baseURL, provider };
  const backend =
    replay !== undefined
      ? createCassetteBackend(replay)
      : createOpenAIBackend({
          baseURL: resolveModel(model, server).baseURL,
          ...(apiKey !== undefined && { apiKey }),
          ...(fetch !== undefined && { fetch }),
          ...(headers !== undefined && { headers }),
        });
  return bound(backend, {
    model,
    server,
    agent: undefined,
    metadata,
    log: guardLogger(logger, options.onLoggerError),
    timeoutMs,
    clock: options.clock ?? systemClock,
    createId: options.createId ?? createCallId,
  });
}

function bound(backend: Backend, settings: ClientSettings): LLMClient {
  return {
    // Async, so that a bad model name rejects like everything else.
    chat: async (request) => runChat(backend, prepareCall(settings, request, false)),
    stream: (request) => new ChatStream(backend, prepareCall(settings, request, true)),
    bind: ({ agent = settings.agent, metadata = {}, model = settings.model }) =>
      bound(backend, { ...settings, agent, model, metadata: { ...settings.metadata, ...metadata } }),
  };
}
