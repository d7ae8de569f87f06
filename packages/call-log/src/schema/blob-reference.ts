import type { JsonObject } from './json.ts';

/** What stands in a record for a large binary part that lies in the run's folder of blobs. */
export interface BlobReference {
  $blob: {
    /** Of the bytes, in hexadecimal; also the name of the file. */
    sha256: string;
    bytes: number;
    /**
     * What stood there: `data_url` is `data:<media_type>;base64,…`, `base64` the padded standard alphabet without
     * line breaks, `bytes` a binary value, which is no JSON.
     */
    encoding: 'data_url' | 'base64' | 'bytes';
    /** As the data URL names it, or as the first bytes look. */
    media_type?: string;
  };
}

/** Whether a value stands for a blob: an object with `$blob` alone, and nothing unknown in it. */
export function isBlobReference(value: unknown): value is BlobReference & JsonObject {
  if (!isRecord(value) || !isOnly('$blob', value) || !isRecord(value.$blob)) return false;
  const { sha256, bytes, encoding, media_type, ...unknown } = value.$blob;
  return (
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Number.isSafeInteger(bytes) &&
    (encoding === 'data_url' || encoding === 'base64' || encoding === 'bytes') &&
    (media_type === undefined || typeof media_type === 'string') &&
    Object.keys(unknown).length === 0
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOnly(key: string, value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === key;
}
