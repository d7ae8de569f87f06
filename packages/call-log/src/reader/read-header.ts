import { open } from 'node:fs/promises';
import type { RecordedEventOf } from '../schema/events.ts';
import { parseLine } from './parse-line.ts';

/** A header is some 300 bytes; this leaves room for those of later versions. */
const LONGEST_HEADER = 64 * 1024;

/** The header of a segment: who writes it, since when. `undefined` when the file does not begin with one. */
export async function readHeader(path: string): Promise<RecordedEventOf<'segment.start'> | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(10);
    if (end === -1) return undefined;
    const parsed = parseLine(buffer.toString('utf8', 0, end));
    return parsed.kind === 'event' && parsed.event.type === 'segment.start' ? parsed.event : undefined;
  } finally {
    await file.close();
  }
}
