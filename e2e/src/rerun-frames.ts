/** A frame of a recording: what it holds, and its bytes. */
export interface Frame {
  kind: bigint;
  payload: Buffer;
}

const HEADER_BYTES = 12;
const FRAME_HEAD_BYTES = 16;

/** The frames of a recording, in order. */
export function framesOf(recording: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = HEADER_BYTES; at < recording.length; ) {
    const begin = at + FRAME_HEAD_BYTES;
    const end = begin + Number(recording.readBigUInt64LE(at + 8));
    frames.push({ kind: recording.readBigUInt64LE(at), payload: recording.subarray(begin, end) });
    at = end;
  }
  return frames;
}

/** Replaces a text by another of the same length, everywhere. */
export function withText(recording: Buffer, text: string, other: string): Buffer {
  if (text.length !== other.length) throw new Error('a length in the file would be wrong');
  if (!recording.includes(text)) throw new Error(`there is no ${text} in the recording`);
  return Buffer.from(recording.toString('latin1').replaceAll(text, other), 'latin1');
}

/** Writes other bytes over those at a place. */
export function withBytes(recording: Buffer, at: number, ...bytes: number[]): Buffer {
  const damaged = Buffer.from(recording);
  damaged.set(bytes, at);
  return damaged;
}
