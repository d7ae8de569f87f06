import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApiError } from '../api-error.ts';

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Refuses requests made under another name than the loopback's (403), so that a web page which has pointed its
 * own domain at 127.0.0.1 cannot read a recorded conversation.
 */
export function checkHost(request: IncomingMessage): void {
  const host = request.headers.host ?? '';
  if (host === '' || loopbackHost.test(host)) return;
  const message = `This server answers on 127.0.0.1 and localhost only, not as ${JSON.stringify(host)}.`;
  throw new ApiError(403, message, { code: 'forbidden_host' });
}

/** Throws a 401 unless the request carries `apiKey`; the key itself is never repeated in a message. */
export function checkKey(request: IncomingMessage, apiKey: string | undefined): void {
  if (apiKey === undefined) return;
  const [, given] = /^Bearer +(.*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (given !== undefined && timingSafeEqual(digest(given), digest(apiKey))) return;
  const message =
    given === undefined
      ? "You didn't provide an API key. Send it as 'Authorization: Bearer <key>'."
      : 'Incorrect API key provided. Use the apiKey that this offline server was started with.';
  throw new ApiError(401, message, { code: 'invalid_api_key' });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
