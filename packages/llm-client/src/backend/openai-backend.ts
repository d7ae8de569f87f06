import type { WireCompletion, WireResponse, WireResponseEvent } from '@pd/call-log/openai-wire';
import OpenAI from 'openai';
import { LONGEST_TIMER_MS } from '../call/deadline.ts';
import { MissingKeyError } from '../errors/missing-key-error.ts';
import type { Deployment } from '../routing/deployment.ts';
import type { Backend, BackendRequest, WireEmbeddings } from './backend.ts';
import { endedReply, endedStream } from './end-of-reply.ts';
import { errorInReply } from './error-in-reply.ts';
import { EventStream } from './event-stream.ts';
import { SdkSender } from './sdk-sender.ts';
import { malformed, toClientError } from './to-client-error.ts';

/** Asks a server as the `openai` SDK does, which neither retries nor reads the environment here. */
export function createOpenAIBackend(options: { fetch?: typeof fetch | undefined } = {}): Backend {
  const senders = new Map<string, SdkSender>();
  const senderFor = (target: Deployment): SdkSender => {
    const key = JSON.stringify([target.baseURL, target.apiKey, target.headers]);
    const known = senders.get(key);
    if (known !== undefined) return known;
    const sender = new SdkSender(createSdk(target), options.fetch ?? ((input, init) => fetch(input, init)));
    senders.set(key, sender);
    return sender;
  };
  /** The whole answer, once its head has been told; an error as one of ours. */
  const ask = async (path: string, request: BackendRequest): Promise<unknown> => {
    const { target, onAnswer } = request;
    try {
      const { data, response } = await senderFor(target).ask(path, request);
      onAnswer(response.status, response.headers);
      return data;
    } catch (cause) {
      throw toClientError(cause, target.baseURL);
    }
  };
  /** The same in parts. */
  const open = async <Part>(path: string, request: BackendRequest, read: (part: Part) => Part) => {
    const { target, body, onAnswer } = request;
    const toThrown = (cause: unknown) => toClientError(cause, target.baseURL);
    const toPart = (part: unknown) => {
      if (!isObject(part)) throw malformed(target.baseURL, `a part of it is ${JSON.stringify(part)}`);
      return read(part as Part);
    };
    try {
      const response = await senderFor(target).send(path, { ...request, body: { ...body, stream: true } });
      onAnswer(response.status, response.headers);
      return new EventStream(response, toPart, toThrown, target.entry.capabilities.finishReason);
    } catch (cause) {
      throw toThrown(cause);
    }
  };
  return {
    async chat(request) {
      const { target, body } = request;
      const reply = await ask('/chat/completions', { ...request, body: { ...body, stream: false } });
      const failure = errorInReply(reply);
      if (failure !== undefined) throw failure;
      if (!isCompletion(reply)) throw malformed(target.baseURL, describe(reply));
      return target.entry.capabilities.finishReason ? reply : endedReply(reply);
    },
    async stream(request) {
      const { target } = request;
      const shape = target.entry.quirks?.chunk;
      const chunks = await open<WireCompletion>('/chat/completions', request, (chunk) => {
        const failure = errorInReply(chunk);
        if (failure !== undefined) throw failure;
        return shape === undefined ? chunk : shape(chunk);
      });
      return target.entry.capabilities.finishReason ? chunks : endedStream(chunks);
    },
    async responses(request) {
      const reply = await ask('/responses', request);
      if (!isObject(reply) || !('output' in reply || 'status' in reply))
        throw malformed(request.target.baseURL, describe(reply, 'output'), undefined, 'a response');
      // What makes it a response for whoever puts it together.
      return { object: 'response', ...reply } as WireResponse;
    },
    streamResponses: (request) => open<WireResponseEvent>('/responses', request, (event) => event),
    async embeddings(request) {
      const reply = await ask('/embeddings', request);
      const failure = errorInReply(reply);
      if (failure !== undefined) throw failure;
      if (!isObject(reply) || !('data' in reply) || !Array.isArray(reply.data))
        throw malformed(request.target.baseURL, describe(reply, 'data'), undefined, 'embeddings');
      return reply as WireEmbeddings;
    },
  };
}

function createSdk(target: Deployment): OpenAI {
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
    ...((headers ?? keyHeaders) !== undefined && { defaultHeaders: { ...keyHeaders, ...headers } }),
  });
}

/** Whoever brings a token of their own, such as one of Entra ID, needs no key. */
function hasKeyHeader(headers: Record<string, string> = {}): boolean {
  return Object.keys(headers).some((name) => /^(authorization|api-key)$/i.test(name));
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
