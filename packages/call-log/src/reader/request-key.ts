import { hash } from 'node:crypto';
import { createBinaryParts } from '../blob/binary-parts.ts';
import { createRedactor, type RedactOptions } from '../journal/redactor.ts';
import { createToPlainJson } from '../journal/to-plain-json.ts';
import type { JsonValue } from '../schema/json.ts';

/** What a request asks, without how it is carried. */
export interface CanonicalRequest {
  model: string;
  messages: readonly object[];
  parameters?: object;
  tools?: readonly object[];
}

/**
 * The request as the journal would hold it: redacted, large binary parts by reference, keys in order, without the key,
 * the URL, the metadata and the flags of streaming. Two requests are the same when this is.
 *
 * @param redaction what the log scrubs, so that a live request loses what the recorded one has lost
 */
export function canonicalRequest(
  { model, messages, parameters, tools }: CanonicalRequest,
  redaction: RedactOptions | false = {},
): JsonValue {
  const { redact, redactField } = createRedactor(redaction);
  const {
    stream: _stream,
    stream_options: _options,
    ...asked
  } = (parameters ?? {}) as Record<string, unknown>;
  // By the hash of a large part, whether its record refers to it or holds it, so that no blob has to be read.
  const parts = createBinaryParts(redact, { has: () => true, put: () => true });
  const plain = createToPlainJson(redact, { redactField, parts, keepReferences: true });
  return sorted(plain({ model, messages, parameters: asked, tools: tools ?? [] }).value);
}

/** The identity of a request: SHA-256 of its canonical form, base64url. */
export function requestKey(request: CanonicalRequest, redaction: RedactOptions | false = {}): string {
  return hash('sha256', JSON.stringify(canonicalRequest(request, redaction)), 'base64url');
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
