import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { BlobReference } from '../schema/blob-reference.ts';
import type { JsonObject } from '../schema/json.ts';
import { readBinaryText, toBinaryText } from './binary-text.ts';
import { KnownTexts } from './known-texts.ts';
import { mediaTypeOf } from './media-type.ts';

/** Texts shorter than this stay where they are; UTF-16 units. */
const MIN_TEXT_LENGTH = 8 * 1024;
/** As many bytes as that is in base64. */
const MIN_BYTES = (MIN_TEXT_LENGTH / 4) * 3;

/** Fields of the journal in which readers expect text; a test compares them with the schemas. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(
  `at type call_id agent_id agent_source parent_call_id operation provider model message_id from to tool_call_id step_id status
   id name role parent_id code provider_code message messages text source finish_reason finish_reason_raw level rule
  `.match(/\w+/g),
);
/** Fields where base64 without a `data:` before it is more likely something that was said. */
const SPOKEN_FIELDS: ReadonlySet<string> = new Set(['content', 'arguments']);

/** What stands in the place of a binary part. */
export interface TakenPart {
  value: JsonObject | string;
  /** `false` when something in the part had to be redacted. */
  exact: boolean;
}

/** Takes large binary parts out of what is recorded. */
export interface BinaryParts {
  /**
   * What stands for a text that was taken before, and needs not even be scrubbed again.
   *
   * @param field the key it stands under, or the list it stands in; empty at the top
   */
  recall(text: string, field: string): JsonObject | undefined;
  /** @param text after scrubbing */
  text(text: string, field: string): TakenPart | undefined;
  bytes(bytes: Uint8Array, field: string): TakenPart | undefined;
}

/** Where the bytes go. */
export interface BlobStore {
  /** Whether so many bytes are there under that hash. */
  has(sha256: string, bytes: number): boolean;
  /** Returns `false` when that is not possible; then the part stays inline. */
  put(sha256: string, bytes: Uint8Array): boolean;
}

/**
 * Replaces large binary parts by references.
 *
 * @param redact also given what the bytes say, because a file in the log's folder is easier to search than base64
 * @param known shared by those that scrub alike
 */
export function createBinaryParts(
  redact: (text: string) => string,
  store: BlobStore,
  known = new KnownTexts(),
): BinaryParts {
  const take = (bytes: Buffer, encoding: BlobReference['$blob']['encoding'], mediaType?: string) => {
    const clean = redactBytes(bytes, redact);
    const sha256 = hash('sha256', clean, 'hex');
    const media_type = mediaType === undefined ? mediaTypeOf(clean) : redact(mediaType);
    const exact = clean === bytes && (mediaType === undefined || media_type === mediaType);
    const $blob = { sha256, bytes: clean.length, encoding, ...(media_type !== undefined && { media_type }) };
    return { $blob, clean, exact, stored: store.put(sha256, clean) };
  };
  return {
    recall(text, field) {
      if (text.length < MIN_TEXT_LENGTH) return undefined;
      const $blob = known.get(text, field);
      return $blob !== undefined && store.has($blob.sha256, $blob.bytes)
        ? { $blob: { ...$blob } }
        : undefined;
    },
    text(text, field) {
      if (text.length < MIN_TEXT_LENGTH || TEXT_FIELDS.has(field)) return undefined;
      const part = readBinaryText(text);
      if (part === undefined || (part.encoding === 'base64' && SPOKEN_FIELDS.has(field))) return undefined;
      const { $blob, clean, exact, stored } = take(part.bytes, part.encoding, part.mediaType);
      if (stored && exact) known.set(text, field, $blob);
      return { value: stored ? { $blob } : toBinaryText($blob, clean), exact };
    },
    bytes(bytes, field) {
      if (bytes.length < MIN_BYTES || TEXT_FIELDS.has(field)) return undefined;
      // A copy, because another thread may go on writing to it.
      const { $blob, exact, stored } = take(Buffer.from(bytes), 'bytes');
      return stored ? { value: { $blob }, exact } : undefined;
    },
  };
}

function redactBytes(bytes: Buffer, redact: (text: string) => string): Buffer {
  // Every byte is a character of Latin-1, so that nothing else changes.
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(encoding);
  const clean = redact(text);
  return clean === text ? bytes : Buffer.from(clean, encoding);
}
