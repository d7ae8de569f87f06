import { retryAfterMs } from '../openai-wire/retry-after.ts';
import { type BodyReader, createEventReader, createTextReader } from './body-reader.ts';
import { toFailure } from './failure.ts';
import { observeResponse } from './observe-response.ts';
import type { Fetch } from './openai-client.ts';
import type { RecordedCall } from './recorded-call.ts';

/** A `fetch` that records every request of the call that `current` names, and reads its reply as it passes. */
export function recordFetch(fetch: Fetch, current: () => RecordedCall | undefined): Fetch {
  return async (url, init) => {
    const call = current();
    if (call === undefined || !call.open) return fetch(url, init);
    const attempt = call.attempt();
    let response: Response;
    try {
      response = await fetch(url, init);
    } catch (error) {
      // The SDK aborts the request when the caller does, and when it takes too long.
      const timedOut = init?.signal?.aborted === true && call.signal?.aborted !== true;
      const failure = toFailure(error, call.signal);
      attempt.end(timedOut ? { ...failure, status: 'timeout' } : failure);
      throw error;
    }
    attempt.httpStatus = response.status;
    if (response.ok) return readReply(response, call, init?.signal);
    const message = `${response.status} ${response.statusText}`.trim();
    attempt.end({
      status: 'error',
      retryAfterMs: retryAfterMs(response.headers, Date.now()),
      error: { type: 'HTTPError', status: response.status, message },
    });
    return response;
  };
}

function readReply(response: Response, call: RecordedCall, signal: AbortSignal | null | undefined): Response {
  const reader = call.streamed ? eventsOf(call) : wholeOf(call);
  // A reply that is no stream may be asked for again when it takes too long; the SDK's verdict ends the call then.
  const final = () => call.streamed || !call.parsing;
  const left = () => {
    if (final()) call.leave();
  };
  signal?.addEventListener('abort', left, { once: true });
  return observeResponse(response, {
    read: (bytes) => (call.open ? reader.read(bytes) : bytes.length),
    end: () => {
      reader.end();
      call.finish();
    },
    fail: (error) => {
      if (final()) call.fail(error);
    },
    leave: left,
  });
}

function eventsOf(call: RecordedCall): BodyReader {
  return createEventReader((data) => {
    if (data.startsWith('[DONE]')) call.finish();
    else pushJson(call, data);
  });
}

function wholeOf(call: RecordedCall): BodyReader {
  return createTextReader((text) => {
    if (text !== '') pushJson(call, text);
  });
}

function pushJson(call: RecordedCall, text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    call.fail(error);
    return;
  }
  try {
    if (typeof value === 'object' && value !== null) call.push(value);
  } catch {
    // Of a shape that nobody knows: the caller gets it, the record goes on without it.
  }
}
