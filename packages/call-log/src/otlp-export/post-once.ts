import { messageOf } from '../journal/error-record.ts';
import { retryAfterMs } from '../openai-wire/retry-after.ts';
import { parseJson } from '../otlp/fields.ts';
import { isObject } from '../otlp/leftover.ts';
import type { OtlpTarget } from './target.ts';

/** What became of one request. */
export type PostOutcome =
  /** Taken; `rejected` spans of it were not, and must not be sent again. */
  | { kind: 'accepted'; rejected: number; reason?: string }
  /** Will never be taken. */
  | { kind: 'refused'; reason: string }
  /** May be taken later; `afterMs` is how long the server asks to wait. */
  | { kind: 'later'; reason: string; afterMs?: number };

/** @see https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Enough for any `ExportTraceServiceResponse`; a server that sends without end is left. */
const MAX_REPLY_BYTES = 64 * 1024;

/** Posts an OTLP/JSON request once. Never throws: no server and no answer are outcomes, too. */
export async function postOnce(
  body: string,
  target: OtlpTarget,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<PostOutcome> {
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: target.headers,
      body,
      // A key goes to its own server only.
      redirect: 'manual',
      signal: AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(timeoutMs)]),
    });
    const text = await readStart(response);
    if (response.ok) return accepted(text);
    const reason = reasonOf(response.status, text);
    if (!RETRYABLE.has(response.status)) return { kind: 'refused', reason };
    const afterMs = retryAfterMs(response.headers, Date.now());
    return { kind: 'later', reason, ...(afterMs !== undefined && { afterMs }) };
  } catch (error) {
    // `fetch failed` says nothing; its cause does.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return {
      kind: 'later',
      reason: messageOf(cause) || (cause as NodeJS.ErrnoException).code || 'no answer',
    };
  }
}

async function readStart({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MAX_REPLY_BYTES) break;
  }
  return text;
}

function accepted(text: string): PostOutcome {
  const reply = parseJson(text);
  const partial = isObject(reply) && isObject(reply.partialSuccess) ? reply.partialSuccess : {};
  const rejected = Number(partial.rejectedSpans) || 0;
  const { errorMessage } = partial;
  return {
    kind: 'accepted',
    rejected: Math.max(0, rejected),
    ...(typeof errorMessage === 'string' && errorMessage !== '' && { reason: errorMessage.slice(0, 500) }),
  };
}

function reasonOf(status: number, text: string): string {
  const reply = parseJson(text);
  const message =
    isObject(reply) && typeof reply.message === 'string' ? `: ${reply.message.slice(0, 500)}` : '';
  return `HTTP ${status}${message}`;
}
