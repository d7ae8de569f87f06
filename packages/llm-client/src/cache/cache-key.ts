import { createHash } from 'node:crypto';
import type { CallStart } from '@pd/call-log/schema';
import type { Deployment } from '../routing/deployment.ts';

/** Goes up when what is kept changes, so that what an earlier version has kept is not found. */
const FORM = 1;

/**
 * The identity of a request: SHA-256, base64url, over the operation, the provider, its server and the whole body as it
 * would be sent, but for the flags of streaming; keys in order. Not over what the log would scrub: two secrets are two requests.
 */
export function cacheKey(
  operation: CallStart['operation'],
  { provider, baseURL }: Deployment,
  body: Readonly<Record<string, unknown>>,
): string {
  const { stream: _stream, stream_options: _options, ...asked } = body;
  const text = JSON.stringify([FORM, operation, provider, baseURL, sorted(asked)]);
  return createHash('sha256').update(text).digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // Every object becomes one with a single key, so that no list looks like an object, and a key may be called __proto__.
  return { fields: entries.map(([key, field]) => [key, sorted(field)]) };
}
