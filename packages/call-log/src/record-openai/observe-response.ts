import type { BodyReader } from './body-reader.ts';

/** Told what becomes of a response's body, before whoever reads it is. */
export interface BodyObserver extends BodyReader {
  /** The connection failed. */
  fail(error: unknown): void;
  /** The reader wants no more. */
  leave(): void;
}

/**
 * The same response, its body observed. Nothing is read ahead: a read of the body hands on what the observer took
 * at once (one event of a stream), so that it has seen exactly what the caller was given, however the bytes were
 * cut on the wire.
 */
export function observeResponse(response: Response, observer: BodyObserver): Response {
  if (response.body === null) return response;
  const observed = new Response(observeBody(response.body, observer), {
    status: response.status,
    statusText: response.statusText,
    headers: new Headers(response.headers),
  });
  // What a response from the network has and one made by hand has not.
  for (const name of ['url', 'redirected', 'type'] as const)
    Object.defineProperty(observed, name, { value: response[name], configurable: true });
  return observed;
}

function observeBody(body: ReadableStream<Uint8Array>, observer: BodyObserver): ReadableStream<Uint8Array> {
  // Libraries like node-fetch have streams of Node.
  const source = body instanceof ReadableStream ? body : ReadableStream.from<Uint8Array>(body);
  const reader = source.getReader();
  let rest = new Uint8Array();

  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      try {
        while (rest.length === 0) {
          const { done, value } = await reader.read();
          if (done) {
            observer.end();
            controller.close();
            controller.byobRequest?.respond(0);
            return;
          }
          rest = new Uint8Array(value);
        }
      } catch (error) {
        observer.fail(error);
        throw error;
      }
      const taken = observer.read(rest);
      // A copy, because what is handed on is taken away.
      controller.enqueue(rest.slice(0, taken));
      rest = rest.subarray(taken);
    },
    cancel(reason) {
      observer.leave();
      return reader.cancel(reason);
    },
  });
}
