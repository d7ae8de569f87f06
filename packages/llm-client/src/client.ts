import { guardLogger } from '@pd/call-log/logger';
import type { AgentRef, Logger } from '@pd/call-log/schema';
import type { Backend } from './backend/backend.ts';
import { createOpenAIBackend } from './backend/openai-backend.ts';
import { checkCache, type ResponseCache } from './cache/response-cache.ts';
import { tellOnce } from './cache/tell-once.ts';
import { type Clock, systemClock } from './call/clock.ts';
import { createCallId, prepareCall } from './call/prepare-call.ts';
import { prepareOperation } from './call/prepare-operation.ts';
import { type OwnEvent, recordOwn } from './call/record-own.ts';
import { runChat } from './call/run-chat.ts';
import { createCassetteBackend } from './cassette/cassette-backend.ts';
import { type Replay, toReplayPlan } from './cassette/replay-options.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ChatResult } from './chat-result.ts';
import { ChatStream } from './chat-stream.ts';
import type { ClientSettings } from './client-settings.ts';
import type { EmbeddingsRequest } from './embeddings/embeddings-request.ts';
import type { EmbeddingsResult } from './embeddings/embeddings-result.ts';
import { runEmbeddings } from './embeddings/run-embeddings.ts';
import { UnsupportedOperationError } from './errors/unsupported-operation-error.ts';
import { type Gate, joinGates } from './gate/gate.ts';
import { type HistoryMode, toHistoryMode } from './history/history-mode.ts';
import { createPriceBook, type Prices } from './money/price-book.ts';
import { generateObject } from './object/generate-object.ts';
import { objectModeOf } from './object/object-mode.ts';
import type { ObjectRequest } from './object/object-request.ts';
import type { ObjectResult } from './object/object-result.ts';
import { ObjectStream } from './object/object-stream.ts';
import type { OutputOf, StandardSchema } from './object/standard-schema.ts';
import type { ProviderOptions } from './providers/register-provider.ts';
import type { ResponsesRequest } from './responses/responses-request.ts';
import type { ResponsesResult } from './responses/responses-result.ts';
import { ResponsesStream } from './responses/responses-stream.ts';
import { runResponses } from './responses/run-responses.ts';
import type { RecordedRun } from './resume/recorded-run.ts';
import { type RetryOptions, toRetryPolicy } from './retry/retry-options.ts';
import { Cooldowns } from './routing/cooldowns.ts';
import { createRouter } from './routing/create-router.ts';
import type { DeploymentOptions } from './routing/deployment.ts';
import type { Fallback } from './routing/fallback.ts';
import { createFetch } from './transport/create-fetch.ts';
import { checkTransport, type TransportOptions } from './transport/transport-options.ts';
import { createEstimate } from './usage/create-estimate.ts';
import type { Tokenizer } from './usage/estimate-tokens.ts';

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
  /**
   * What the log calls the server behind `baseURL`; a name of the provider table (`azure`) also says how it is spoken to.
   * Default: `custom`.
   */
  provider?: string;
  /** Providers of your own by their names, and what is to be different about those of the table. */
  providers?: Readonly<Record<string, ProviderOptions>>;
  /** The provider of models that are named without one. Default: `openai`. */
  defaultProvider?: string;
  /**
   * What becomes of messages that the provider does not take. Default: `validate`, which refuses only what it is certain
   * that the provider would refuse; nothing is refused for a server that is in no table.
   */
  history?: HistoryMode;
  /** Values of your own, on record with every call; a call's own metadata is laid over them. */
  metadata?: object;
  /** Called with every event of every call, in order; usually `createCallLog().logger`. */
  logger?: Logger | undefined;
  /**
   * Answers calls from the record of earlier runs instead of a server: path of a journal, a tree or a folder of them, a list
   * of paths, or more.
   */
  replay?: Replay;
  /** How long a call may take, all its attempts included, in milliseconds. Default: 600,000. */
  timeoutMs?: number;
  /** How long each attempt may take, in milliseconds. Default: as long as the call. */
  attemptTimeoutMs?: number;
  /** How failed attempts are repeated; `false`: never. */
  retry?: RetryOptions | false;
  /** Models to ask, in order, when the one before could not answer. */
  fallbacks?: readonly Fallback[];
  /** Several keys or servers for `model`, tried in turn, instead of `apiKey`, `baseURL`, `provider` and `headers`. */
  deployments?: readonly DeploymentOptions[];
  /** Keys of other providers, by their name in the table, for fallbacks and for calls that name a model of theirs. */
  apiKeys?: Readonly<Record<string, string>>;
  /** What every attempt has to pass before it is sent: budgets, limits, your own. */
  gates?: readonly Gate[];
  /**
   * Whether the vectors of embeddings are on record, so that a replay can answer them. Texts can be guessed from vectors,
   * also what the log scrubs from the texts. Default: `false`.
   */
  recordVectors?: boolean;
  /** Answers requests that were made before without asking again, whatever their parameters; a call can opt out. */
  cache?: ResponseCache;
  /** Told of the cache's first failure; calls go on without it. Default: one process warning. */
  onCacheError?: (error: unknown) => void;
  /** Prices that go before the table: those of models of your own, and 0 for those that are free. */
  prices?: Prices;
  /**
   * Whether tokens that the provider did not count are estimated: by their characters, or with a tokenizer of yours, which
   * is called while the call waits. Default: `true`.
   */
  estimateUsage?: boolean | Tokenizer;
  /** Sent with every request to that provider or server. */
  headers?: Record<string, string>;
  /** Sends the requests, instead of this package's own. */
  fetch?: typeof fetch;
  /** Proxy, certificates and connections, when there is no `fetch` of your own. */
  transport?: TransportOptions;
  /** Default: the system's clock. */
  clock?: Clock;
  /** From 0 to 1, for the jitter of waits. Default: `Math.random`. */
  random?: () => number;
  /** Makes call ids. Default: random UUIDs. */
  createId?: () => string;
  /** Told when the logger throws; the call goes on. Default: one process warning. */
  onLoggerError?: (error: unknown) => void;
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
   * @throws {InvalidHistoryError} when the provider would refuse the messages; nothing is sent
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
  /**
   * Asks for a response of OpenAI's Responses API and resolves with the whole of it.
   *
   * @throws what {@link LLMClient.chat} throws
   * @throws {UnsupportedOperationError} when the model's provider has no such API; nothing is sent
   */
  responses(request: ResponsesRequest): Promise<ResponsesResult>;
  /**
   * The same as it comes: what {@link LLMClient.stream} is to `chat`.
   *
   * @throws {UnknownProviderError | UnsupportedOperationError} at once
   */
  streamResponses(request: ResponsesRequest): ResponsesStream;
  /**
   * Asks for an object that fits a schema. A reply that does not is given back to the model with what is wrong, up to
   * `maxRepairs` times; one that still does not is data (`ok: false`), as are refusals and replies that were cut off.
   *
   * @throws what {@link LLMClient.chat} throws
   * @throws {UnsupportedSchemaError} when JSON cannot hold what the schema describes; nothing is sent
   * @throws {RangeError} for options that make no sense
   */
  generateObject<Schema extends StandardSchema>(
    request: ObjectRequest<Schema>,
  ): Promise<ObjectResult<OutputOf<Schema>>>;
  /**
   * The same as it is written: an iterable of objects that grow, with `result()` for the validated one. The first call begins,
   * and its owner is decided, here and now; repairs are streamed as well. Errors of calls come out of the iteration and of
   * `result()`.
   *
   * @throws {UnknownProviderError | UnsupportedSchemaError | RangeError} at once
   */
  streamObject<Schema extends StandardSchema>(request: ObjectRequest<Schema>): ObjectStream<Schema>;
  /**
   * Turns texts into vectors.
   *
   * @throws what {@link LLMClient.chat} throws
   * @throws {UnsupportedOperationError} when the model's provider has no embeddings; nothing is sent
   */
  embeddings(request: EmbeddingsRequest): Promise<EmbeddingsResult>;
  /**
   * Puts an event of your own where this client's calls go: a tool that ran for one of them, a message, a line of the
   * program's log. It belongs to the run of the client's calls and, a line, to the agent the client is bound to, unless it
   * says otherwise. Never throws; without a logger nothing happens.
   */
  record(event: OwnEvent): void;
  /** The run that this client does again, when it is bound to one (`bind({ resume })`). */
  readonly resume?: RecordedRun | undefined;
  /** A client for one agent or purpose: the same connections and log, other defaults, and gates besides this one's. */
  bind(defaults: ClientDefaults): LLMClient;
}

/** What a bound client does without being told. */
export interface ClientDefaults {
  agent?: AgentRef;
  metadata?: object;
  model?: string;
  /** Budgets and limits of this agent or purpose; all its calls pass them together. */
  gates?: readonly Gate[];
  /**
   * A run that is done again, read by `readRecordedRun()` of `@pd/llm-client/resume`: its finished calls are answered from
   * the record, under their ids, without being sent or logged again; one that was on its way goes on with its next
   * attempt; any other waits until all those have been asked for.
   */
  resume?: RecordedRun;
}

/**
 * A client for every provider with an OpenAI-compatible endpoint.
 *
 * @throws {UnknownProviderError} when the model, or that of a fallback, names no known provider and there is no `baseURL`
 * @throws {MissingBaseURLError} when its provider has no URL that is the same for everybody
 * @throws RangeError for options that make no sense, prices included
 */
export function createLLMClient(options: LLMClientOptions): LLMClient {
  const { replay, fetch, logger } = options;
  const transport = checkTransport(options.transport, fetch);
  const server = createOpenAIBackend({ fetch: fetch ?? createFetch(transport) });
  if (replay === undefined) return createClientOver(server, options);
  const plan = toReplayPlan(replay, logger !== undefined);
  return createClientOver(createCassetteBackend(plan, server, { ...systemClock, ...options.clock }), options);
}

/** The same client over anything that answers; how `/testing` puts a script in the place of a server. */
export function createClientOver(backend: Backend, options: LLMClientOptions): LLMClient {
  const { model, metadata = {}, logger } = options;
  const routeOf = createRouter(options);
  routeOf(model);
  const clock = { ...systemClock, ...options.clock };
  const { priceOf, costOf } = createPriceBook(options.prices, () => clock.now());
  let turns = 0;
  return bound(backend, {
    model,
    agent: undefined,
    metadata,
    routeOf,
    log: guardLogger(logger, options.onLoggerError),
    timeoutMs: options.timeoutMs,
    attemptTimeoutMs: options.attemptTimeoutMs,
    history: toHistoryMode(options.history),
    retry: toRetryPolicy(options.retry),
    recorded: backend.recorded,
    cooldowns: new Cooldowns(),
    gates: joinGates([], options.gates ?? []),
    recordVectors: toFlag(options.recordVectors, 'recordVectors'),
    kept: backend.kept,
    cache: checkCache(options.cache),
    onCacheError: tellOnce(options.onCacheError),
    priceOf,
    costOf,
    estimate: createEstimate(options.estimateUsage),
    takeTurn: () => turns++,
    random: options.random ?? Math.random,
    clock,
    createId: options.createId ?? createCallId,
    resume: undefined,
  });
}

function bound(backend: Backend, settings: ClientSettings): LLMClient {
  // Async, so that a bad model name rejects like everything else.
  const chat = async (request: ChatRequest) => runChat(backend, prepareCall(settings, request, false));
  const stream = (request: ChatRequest) => new ChatStream(backend, prepareCall(settings, request, true));
  const modeOf = (model = settings.model) => objectModeOf(settings.routeOf(model));
  return {
    chat,
    stream,
    generateObject: (request) => generateObject({ chat, modeOf }, request),
    streamObject: (request) => new ObjectStream({ stream, modeOf }, request),
    responses: async (request) => {
      const ask = able(backend, 'responses', 'responses');
      return runResponses(ask, prepareOperation(settings, 'responses', request));
    },
    streamResponses: (request) => {
      const open = able(backend, 'streamResponses', 'responses');
      return new ResponsesStream(open, prepareOperation(settings, 'responses', request, true));
    },
    embeddings: async (request) => {
      const ask = able(backend, 'embeddings', 'embeddings');
      return runEmbeddings(ask, prepareOperation(settings, 'embeddings', request));
    },
    record: (event) => recordOwn(settings, event),
    resume: settings.resume,
    bind: (defaults) => {
      const { agent = settings.agent, metadata = {}, model = settings.model, gates = [] } = defaults;
      return bound(backend, {
        ...settings,
        agent,
        model,
        metadata: { ...settings.metadata, ...metadata },
        gates: joinGates(settings.gates, gates),
        resume: toResume(defaults.resume) ?? settings.resume,
      });
    },
  };
}

/** What only some backends have. */
type Optional = 'responses' | 'streamResponses' | 'embeddings';

function able<M extends Optional>(
  backend: Backend,
  method: M,
  operation: 'responses' | 'embeddings',
): NonNullable<Backend[M]> {
  const ask = backend[method];
  if (ask === undefined)
    throw new UnsupportedOperationError('this client', operation, 'it answers from something that has none');
  return ask;
}

/** @throws TypeError for what is no such run */
function toResume(resume: RecordedRun | undefined): RecordedRun | undefined {
  if (resume !== undefined && typeof resume?.unrecorded !== 'function')
    throw new TypeError('resume must be a run that readRecordedRun() of @pd/llm-client/resume has read');
  return resume;
}

/** @throws RangeError for what is neither true nor false */
function toFlag(value: boolean | undefined, name: string): boolean {
  if (value !== undefined && typeof value !== 'boolean')
    throw new RangeError(`${name} must be true or false, not ${String(value)}`);
  return value === true;
}
