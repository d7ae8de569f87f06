import { retryAfterMs } from '@pd/call-log/openai-wire';
import { APIError, APIUserAbortError } from 'openai';
import { ConnectionError } from '../errors/connection-error.ts';
import { LLMClientError } from '../errors/llm-client-error.ts';
import { MalformedReplyError } from '../errors/malformed-reply-error.ts';
import { ProviderError } from '../errors/provider-error.ts';

/** The SDK's error as one of ours. An abort passes through; the call knows its reason. */
export function toClientError(error: unknown, baseURL: string): unknown {
  if (error instanceof APIUserAbortError || LLMClientError.isInstance(error)) return error;
  if (error instanceof APIError) {
    return new ProviderError(
      error.message,
      {
        ...(typeof error.status === 'number' && { status: error.status }),
        ...(isCode(error.code) && { providerCode: String(error.code) }),
        ...(typeof error.requestID === 'string' && { requestId: error.requestID }),
        ...fromHeaders(error.headers),
      },
      { cause: error },
    );
  }
  if (error instanceof SyntaxError) return malformed(baseURL, error.message, error);
  // What is left comes from below the SDK, in the middle of a reply: a reset, a closed socket, bad compression.
  if (error instanceof Error) return unreachable(baseURL, error);
  return error;
}

/** A text with OpenAI, often a number elsewhere. */
function isCode(code: unknown): code is string | number {
  return (typeof code === 'string' && code !== '') || typeof code === 'number';
}

function fromHeaders(headers: Headers | undefined) {
  if (headers === undefined) return {};
  const after = retryAfterMs(headers, Date.now());
  const should = headers.get('x-should-retry');
  return {
    headers,
    ...(after !== undefined && { retryAfterMs: after }),
    ...((should === 'true' || should === 'false') && { shouldRetry: should === 'true' }),
  };
}

/** @param what came instead of the `expected` */
export function malformed(
  baseURL: string,
  what: string,
  cause?: unknown,
  expected = 'a chat completion',
): MalformedReplyError {
  return new MalformedReplyError(
    `${baseURL} answered, but not with ${expected} (${what}): is it an OpenAI-compatible server, and does the URL end in /v1?`,
    { cause },
  );
}

function unreachable(baseURL: string, cause: Error): ConnectionError {
  return new ConnectionError(`cannot reach ${baseURL}: ${rootReason(cause)}`, { cause });
}

/** "fetch failed" says nothing; the innermost cause says why. */
function rootReason(error: Error): string {
  let reason: Error = error;
  while (reason.cause instanceof Error) reason = reason.cause;
  const code = 'code' in reason && typeof reason.code === 'string' ? reason.code : undefined;
  return reason.message || code || error.message;
}
