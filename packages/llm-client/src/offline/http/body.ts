import type { IncomingMessage } from 'node:http';
import { ApiError, badRequest } from '../api-error.ts';

/** The largest request body that is accepted, in bytes. */
export const maxBodyBytes = 32 * 1024 * 1024;

/** How much of a body that is too large is read and thrown away, so that its sender hears the 413. */
const maxDiscardedBytes = 4 * maxBodyBytes;

/**
 * Reads a request's body as UTF-8 text.
 *
 * @throws ApiError 413 above {@link maxBodyBytes}, 400 when it is not UTF-8; the stream's error when the client
 * leaves before the end.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxDiscardedBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxDiscardedBytes) throw tooLarge();
    if (size <= maxBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > maxBodyBytes) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw badRequest('The request body is not valid UTF-8.', null, 'invalid_json');
  }
}

/** Parses JSON, or throws a 400. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badRequest(`We could not parse the JSON body of your request: ${reason}`, null, 'invalid_json');
  }
}

function tooLarge() {
  return new ApiError(413, `The request body is larger than ${maxBodyBytes} bytes.`, {
    code: 'request_too_large',
    headers: { connection: 'close' },
  });
}
