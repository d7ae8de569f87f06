import { AsyncLocalStorage } from 'node:async_hooks';
import { operationOf } from '../openai-wire/read-request.ts';
import type { AgentRef } from '../schema/common.ts';
import type { Logger } from '../schema/logger-events.ts';
import { type ClientJoints, jointsOf, type OpenAIClient, type ResponseProps } from './openai-client.ts';
import { recordFetch } from './record-fetch.ts';
import { RecordedCall, type Recording } from './recorded-call.ts';

export interface RecordOpenAIOptions {
  /** Gets every event: `createCallLog().logger`, or any other. One that throws takes nothing from the call. */
  logger: Logger;
  /** Who serves the calls, as the record names it. Default: `openai`. */
  provider?: string;
  /** Whose calls these are. Default: the agent around each call (`withAgent()`). */
  agent?: AgentRef;
  /** Goes on record with every call; `agent_id` and `run_id` in it name the owner. */
  metadata?: object;
}

/** The call that a request belongs to; the SDK's retries and its waiting for headers happen within it. */
const current = new AsyncLocalStorage<RecordedCall | undefined>();
/** Makes a client like a recorded one, without its recording. */
const unrecorded = Symbol('unrecorded');

type Recorded = ClientJoints & { [unrecorded]?: ClientJoints['withOptions'] };

/**
 * A client like `client` of which every chat completion, response and embedding is on record, streamed or not:
 * `call.start` in the caller's async context before anything is sent, one attempt for each request the SDK sends,
 * `call.end` before the promise settles or the stream ends. Requests, replies, errors and types are the SDK's.
 *
 * It is a client of its own, made with `client.withOptions({})`; `client` is left as it is. What is changed on one
 * of them later does not change the other. Recording a recorded client replaces the recording.
 *
 * @throws {TypeError} when `client` is no client of `openai` 7
 */
export function recordOpenAI<Client extends OpenAIClient>(
  client: Client,
  { logger, provider = 'openai', agent, metadata }: RecordOpenAIOptions,
): Client {
  const given: Recorded = jointsOf(client);
  const copy = jointsOf((given[unrecorded] ?? given.withOptions).call(given, {}));
  // A key that was set since the client was made is not among its options.
  if (copy.apiKey !== given.apiKey) copy.apiKey = given.apiKey;
  return install(copy, { logger, provider, agent, metadata }) as unknown as Client;
}

/** Hangs the recording into a client of our own. */
function install(client: ClientJoints, recording: Recording): ClientJoints {
  const { fetch, post, makeRequest, parseResponseWithTimeout, withOptions } = client;
  /** Requests by what came back, because replies are read where they are awaited. */
  const calls = new WeakMap<ResponseProps, RecordedCall>();
  const recordedFetch = recordFetch(fetch, () => current.getStore());

  const copy: ClientJoints['withOptions'] = (options) => {
    // The copy takes over the `fetch` it finds, for itself and for fetching tokens.
    client.fetch = fetch;
    try {
      return withOptions.call(client, options);
    } finally {
      client.fetch = recordedFetch;
    }
  };

  const own: Omit<Recorded, 'apiKey' | 'fetch'> = {
    [unrecorded]: copy,
    withOptions: (options) => install(copy(options), recording),

    post(path, options) {
      const operation = operationOf(path);
      if (operation === undefined) return post.call(client, path, options);
      const call = new RecordedCall(recording, operation);
      let given = options;
      // The SDK's resources give a promise; it settles in the caller's async context, before the request is built.
      if (isPromise(options))
        given = options.then((resolved) => {
          call.start(resolved);
          return resolved;
        });
      else call.start(options ?? {});
      return current.run(call, () => post.call(client, path, given));
    },

    async makeRequest(options, retriesRemaining, retryOf) {
      const make = () => makeRequest.call(client, options, retriesRemaining, retryOf);
      const call = current.getStore();
      if (call === undefined || retryOf !== undefined) return make();
      // A request within a request, such as one for a key, is not the call's.
      if (!call.claim()) return current.run(undefined, make);
      const props = await failing(call, make());
      calls.set(props, call);
      return props;
    },

    async parseResponseWithTimeout(parser, props) {
      const call = calls.get(props);
      const parse = () => parseResponseWithTimeout.call(client, parser, props);
      if (call === undefined || call.streamed) return parse();
      call.parsing = true;
      const parsed = await failing(call, current.run(call, parse));
      // Some replies are never read, because they say that they are empty.
      call.finish();
      return parsed;
    },
  };
  for (const name of Reflect.ownKeys(own))
    Object.defineProperty(client, name, {
      value: Reflect.get(own, name),
      writable: true,
      configurable: true,
    });
  client.fetch = recordedFetch;
  return client;
}

async function failing<T>(call: RecordedCall, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    call.fail(error);
    throw error;
  }
}

function isPromise<T>(value: T | PromiseLike<T> | undefined): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}
