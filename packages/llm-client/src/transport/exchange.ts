import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { ReplyBody } from './reply-body.ts';

/** A request as it goes on the wire. */
export interface WireRequest {
  url: URL;
  method: string;
  /** By their lower-case names. */
  headers: Record<string, string>;
  body: string | Uint8Array | Readable | null;
}

/** An answer as it comes off the wire. */
export interface WireReply {
  status: number;
  statusText: string;
  headers: IncomingHttpHeaders;
  body: ReplyBody;
}

/**
 * Sends one request and resolves when its answer begins. There is no time limit of its own: whoever asks has a `signal`.
 * Abort closes the connection at every stage, and rejects the promise or the reading of the body with the signal's reason.
 *
 * @throws {TypeError} as Node's own fetch does, with the reason as its `cause`
 */
export function exchange(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  { url, method, headers, body }: WireRequest,
  signal?: AbortSignal | null,
): Promise<WireReply> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    let controller: Dispatcher.DispatchController | undefined;
    let reply: ReplyBody | undefined;
    const stop = () => {
      reply?.fail(signal?.reason);
      reject(signal?.reason);
      // A request that waits for its connection has no controller yet; it is stopped when it gets one.
      controller?.abort(signal?.reason);
    };
    const over = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop, { once: true });
    const fail = (error: Error) => {
      over();
      if (reply === undefined) reject(new TypeError('fetch failed', { cause: error }));
      else reply.fail(new TypeError('terminated', { cause: error }));
    };
    const path = url.pathname + url.search;
    const limits = { headersTimeout: 0, bodyTimeout: 0 };
    try {
      dispatcher.dispatch(
        { origin: url.origin, path, method, headers, body, ...limits },
        {
          onRequestStart(given) {
            controller = given;
            if (signal?.aborted) given.abort(signal.reason);
          },
          onResponseStart(given, status, headers, statusText = '') {
            if (status < 200) return;
            reply = new ReplyBody(given, over);
            resolve({ status, statusText, headers, body: reply });
          },
          onResponseData: (_, chunk) => reply?.push(chunk),
          onResponseEnd: () => reply?.end(),
          onResponseError: (_, error) => fail(error),
        },
      );
    } catch (error) {
      fail(error as Error);
    }
  });
}
