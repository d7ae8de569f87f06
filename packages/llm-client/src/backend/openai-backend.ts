import type { WireCompletion, WireResponse, WireResponseEvent } from '@pd/call-log/openai-wire';
import OpenAI, { type APIPromise } from 'openai';
import { LONGEST_TIMER_MS } from '../call/deadline.ts';
import { MissingKeyError } from '../errors/missing-key-error.ts';
import type { Deployment } from '../routing/deployment.ts';
import type { Backend, BackendRequest, WireEmbeddings } from './backend.ts';
import { endedReply, endedStream } from './end-of-reply.ts';
import { errorInReply } from './error-in-reply.ts';
import { malformed, toClientError } from './to-client-error.ts';

type Body = OpenAI.Chat.Completions.ChatCompletionCreateParams;

/** Asks a server through the `openai` SDK, which neither retries nor reads the environment here. */
export function createOpenAIBackend(options: { fetch?: typeof fetch | undefined } = {}): Backend {
  const sdks = new Map<string, OpenAI>();
  const sdkFor = (target: Deployment): OpenAI => {
    const key = JSON.stringify([target.baseURL, target.apiKey, target.headers]);
    const known = sdks.get(key);
    if (known !== undefined) return known;
    const sdk = createSdk(target, options.fetch);
    sdks.set(key, sdk);
    return sdk;
  };
  /** Through `post`, because the SDK's methods for the other endpoints send and answer more than was asked. */
  const post = async <T>(path: string, request: BackendRequest, stream: boolean): Promise<T> => {
    const { target, body, headers, signal, onAnswer } = request;
    try {
      const answer: APIPromise<T> = sdkFor(target).post(path, { body, headers, signal, stream });
      const { data, response } = await answer.withResponse();
      onAnswer(response.status, response.headers);
      return data;
    } catch (cause) {
      throw toClientError(cause, target.baseURL);
    }
  };
  return {
    async chat({ target, body, headers, signal, onAnswer }) {
      const sdk = sdkFor(target);
      const { data, response } = await sdk.chat.completions
        .create({ ...body, stream: false } as unknown as Body, { headers, signal })
        .withResponse()
        .catch((cause: unknown) => {
          throw toClientError(cause, target.baseURL);
        });
      onAnswer(response.status, response.headers);
      const reply: unknown = data;
      const failure = errorInReply(reply);
      if (failure !== undefined) throw failure;
      if (!isCompletion(reply)) throw malformed(target.baseURL, describe(reply));
      return target.entry.capabilities.finishReason ? reply : endedReply(reply);
    },
    async stream({ target, body, headers, signal, onAnswer }) {
      const sdk = sdkFor(target);
      try {
        const wire = { ...body, stream: true } as unknown as Body & { stream: true };
        const { data, response } = await sdk.chat.completions
          .create(wire, { headers, signal })
          .withResponse();
        onAnswer(response.status, response.headers);
        const shape = target.entry.quirks?.chunk;
        const chunks = typed(data as AsyncIterable<WireCompletion>, target, (chunk) => {
          const failure = errorInReply(chunk);
          if (failure !== undefined) throw failure;
          return shape === undefined ? chunk : shape(chunk);
        });
        return target.entry.capabilities.finishReason ? chunks : endedStream(chunks);
      } catch (cause) {
        throw toClientError(cause, target.baseURL);
      }
    },
    async responses(request) {
      const reply: unknown = await post('/responses', request, false);
      if (!isObject(reply) || !('output' in reply || 'status' in reply))
        throw malformed(request.target.baseURL, describe(reply, 'output'), undefined, 'a response');
      // What makes it a response for whoever puts it together.
      return { object: 'response', ...reply } as WireResponse;
    },
    async streamResponses(request) {
      const events = await post<AsyncIterable<WireResponseEvent>>('/responses', request, true);
      return typed(events, request.target, (event) => event);
    },
    async embeddings(request) {
      const reply: unknown = await post('/embeddings', request, false);
      const failure = errorInReply(reply);
      if (failure !== undefined) throw failure;
      if (!isObject(reply) || !('data' in reply) || !Array.isArray(reply.data))
        throw malformed(request.target.baseURL, describe(reply, 'data'), undefined, 'embeddings');
      return reply as WireEmbeddings;
    },
  };
}

function createSdk(target: Deployment, fetch: typeof globalThis.fetch | undefined): OpenAI {
  const { apiKey, headers, provider, keyless, entry } = target;
  if (apiKey === undefined && !keyless && !hasKeyHeader(headers)) {
    throw new MissingKeyError(provider, entry.keyVariables);
  }
  const keyHeaders = apiKey === undefined ? undefined : entry.quirks?.keyHeaders?.(apiKey);
  return new OpenAI({
    baseURL: target.baseURL,
    // The SDK insists on a key; servers of one's own ignore it.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    // Out of the way: the call's own clock is the only one.
    timeout: LONGEST_TIMER_MS,
    logLevel: 'off',
    ...(fetch !== undefined && { fetch }),
    ...((headers ?? keyHeaders) !== undefined && { defaultHeaders: { ...keyHeaders, ...headers } }),
  });
}

/** Whoever brings a token of their own, such as one of Entra ID, needs no key. */
function hasKeyHeader(headers: Record<string, string> = {}): boolean {
  return Object.keys(headers).some((name) => /^(authorization|api-key)$/i.test(name));
}

/**
 * The chunks as they are read, with the SDK's errors turned into ours. One that is no JSON is where the reply was cut, and
 * ends it: whether what had come is whole is for its finish reason to say, where there will be one.
 */
async function* typed<T>(
  chunks: AsyncIterable<T>,
  target: Deployment,
  read: (chunk: T) => T,
): AsyncGenerator<T> {
  try {
    for await (const chunk of chunks) {
      if (!isObject(chunk)) throw malformed(target.baseURL, `a part of it is ${JSON.stringify(chunk)}`);
      yield read(chunk);
    }
  } catch (cause) {
    if (cause instanceof SyntaxError && target.entry.capabilities.finishReason) return;
    throw toClientError(cause, target.baseURL);
  }
}

function isCompletion(reply: unknown): reply is WireCompletion {
  return isObject(reply) && 'choices' in reply && Array.isArray(reply.choices);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** @param field that is missing from it, if it is an object at all */
function describe(reply: unknown, field = 'choices'): string {
  if (typeof reply === 'string') return `text beginning ${JSON.stringify(reply.trimStart().slice(0, 40))}`;
  return isObject(reply) ? `JSON without "${field}"` : `a ${typeof reply}`;
}
