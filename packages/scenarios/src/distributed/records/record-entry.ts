import type { StreamEntry } from '../redis/stream-reader.ts';

/** Lines of a segment, byte for byte, from a place in it on. */
export interface LinesEntry {
  type: 'lines';
  segment: string;
  /** Bytes of the segment before them. */
  offset: number;
  data: Buffer;
}

/** A large part of the run, by the hash of its bytes. */
export interface BlobEntry {
  type: 'blob';
  sha256: string;
  data: Buffer;
}

/** A segment's name is a file's name here, whoever says it. */
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** What XADD is given for lines. */
export function fromLines(segment: string, offset: number, data: Buffer): (string | Buffer)[] {
  return ['s', segment, 'o', String(offset), 'd', data];
}

/** What XADD is given for a blob. */
export function fromBlob(sha256: string, data: Buffer): (string | Buffer)[] {
  return ['b', sha256, 'd', data];
}

/** What an entry of a run's stream holds; `undefined` when it is neither. */
export function toRecordEntry({ fields }: StreamEntry): LinesEntry | BlobEntry | undefined {
  const data = fields.get('d');
  if (data === undefined) return undefined;
  const sha256 = fields.get('b')?.toString();
  if (sha256 !== undefined) return /^[0-9a-f]{64}$/.test(sha256) ? { type: 'blob', sha256, data } : undefined;
  const segment = fields.get('s')?.toString() ?? '';
  const offset = Number(fields.get('o')?.toString());
  if (!SEGMENT.test(segment) || !Number.isSafeInteger(offset) || offset < 0) return undefined;
  return { type: 'lines', segment, offset, data };
}
