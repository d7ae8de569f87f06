import { open } from 'node:fs/promises';

/** What a file holds, by its first bytes. */
export type FileContent = 'empty' | 'gzip' | 'compressed' | 'binary' | 'text';

/** Enough to tell; the first line of a journal is shorter. */
const BEGINNING = 4096;

/** Signatures of what needs another program. @see https://www.iana.org/assignments/media-types/media-types.xhtml (gzip: RFC 1952, zstd: RFC 8878, zip, xz, bzip2) */
const GZIP = '1f8b';
const COMPRESSED = ['28b52ffd', '504b0304', 'fd377a58', '425a68'];

/** What a file seems to hold; no more than its beginning is read. Text has no NUL, which a log never has. */
export async function sniffFile(path: string): Promise<FileContent> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.length === 0) return 'empty';
    const signature = bytes.toString('hex', 0, 4);
    if (signature.startsWith(GZIP)) return 'gzip';
    if (COMPRESSED.some((other) => signature.startsWith(other))) return 'compressed';
    return bytes.includes(0) ? 'binary' : 'text';
  } finally {
    await file.close();
  }
}
