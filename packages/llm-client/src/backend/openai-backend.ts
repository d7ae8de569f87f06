import type { WireCompletion } from '@pd/call-log/openai-wire';
import OpenAI from 'openai';
import { LONGEST_TIMER_MS } from '../call/deadline.ts';
import { MissingKeyError } from '../errors/missing-key-error.ts';
import type { Deployment } from '../routing/deployment.ts';
import type { Backend } from './backend.ts';
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
  return {
    async chat({ target, body, signal, onAnswer }) {
      const sdk = sdkFor(target);
      const { data, response } = await sdk.chat.completions
        .create({ ...body, stream: false } as unknown as Body, { signal })
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
    async stream({ target, body, signal, onAnswer }) {
      const sdk = sdkFor(target);
      try {
        const wire = { ...body, stream: true } as unknown as Body & { stream: true };
        const { data, response } = await sdk.chat.completions.create(wire, { signal }).withResponse();
        onAnswer(response.status, response.headers);
        const chunks = typed(data as AsyncIterable<WireCompletion>, target);
        return target.entry.capabilities.finishReason ? chunks : endedStream(chunks);
      } catch (cause) {
        throw toClientError(cause, target.baseURL);
      }
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

/** The chunks, with the SDK's errors turned into ours. */
async function* typed(
  chunks: AsyncIterable<WireCompletion>,
  target: Deployment,
): AsyncGenerator<WireCompletion> {
  try {
    const shape = target.entry.quirks?.chunk;
    for await (const chunk of chunks) {
      const failure = errorInReply(chunk);
      if (failure !== undefined) throw failure;
      yield shape === undefined ? chunk : shape(chunk);
    }
  } catch (cause) {
    throw toClientError(cause, target.baseURL);
  }
}

function isCompletion(reply: unknown): reply is WireCompletion {
  return typeof reply === 'object' && reply !== null && 'choices' in reply && Array.isArray(reply.choices);
}

function describe(reply: unknown): string {
  if (typeof reply === 'string') return `text beginning ${JSON.stringify(reply.trimStart().slice(0, 40))}`;
  return typeof reply === 'object' && reply !== null ? 'JSON without "choices"' : `a ${typeof reply}`;
}
