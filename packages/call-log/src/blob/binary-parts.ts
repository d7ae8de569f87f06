import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { BlobReference } from '../schema/blob-reference.ts';
import type { JsonObject } from '../schema/json.ts';
import { readBinaryText, toBinaryText } from './binary-text.ts';
import { mediaTypeOf } from './media-type.ts';

/** Texts shorter than this stay where they are; UTF-16 units. */
const MIN_TEXT_LENGTH = 8 * 1024;
/** As many bytes as that is in base64. */
const MIN_BYTES = (MIN_TEXT_LENGTH / 4) * 3;

/** Fields of the journal in which readers expect text; a test compares them with the schemas. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(
  `at type call_id agent_id agent_source parent_call_id operation provider model message_id from to tool_call_id status
   id name role parent_id code provider_code message messages text source finish_reason finish_reason_raw
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
  /** @param field the key it stands under, or the list it stands in; empty at the top */
  text(text: string, field: string): TakenPart | undefined;
  bytes(bytes: Uint8Array, field: string): TakenPart | undefined;
}

/**
 * Replaces large binary parts by references.
 *
 * @param redact also given what the bytes say, because a file in the log's folder is easier to search than base64
 * @param store puts bytes under their hash; when that is not possible, returns `false`, and the part stays inline
 */
export function createBinaryParts(
  redact: (text: string) => string,
  store: (sha256: string, bytes: Uint8Array) => boolean,
): BinaryParts {
  const take = (part: { bytes: Buffer } & Omit<BlobReference['$blob'], 'sha256' | 'bytes'>) => {
    const bytes = redactBytes(part.bytes, redact);
    const exact = bytes === part.bytes;
    const sha256 = hash('sha256', bytes, 'hex');
    const { encoding, media_type = mediaTypeOf(bytes) } = part;
    const $blob = { sha256, bytes: bytes.length, encoding, ...(media_type !== undefined && { media_type }) };
    if (store(sha256, bytes)) return { value: { $blob }, exact };
    return encoding === 'bytes' ? undefined : { value: toBinaryText($blob, bytes), exact };
  };
  return {
    text(text, field) {
      if (text.length < MIN_TEXT_LENGTH || TEXT_FIELDS.has(field)) return undefined;
      const part = readBinaryText(text);
      if (part === undefined) return undefined;
      const { encoding, bytes, mediaType } = part;
      if (encoding === 'data_url') return take({ encoding, bytes, media_type: mediaType ?? '' });
      return SPOKEN_FIELDS.has(field) ? undefined : take({ encoding, bytes });
    },
    bytes(bytes, field) {
      if (bytes.length < MIN_BYTES || TEXT_FIELDS.has(field)) return undefined;
      // A copy, because another thread may go on writing to it.
      return take({ encoding: 'bytes', bytes: Buffer.from(bytes) });
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
