import { describe, expect, it } from 'vitest';
import { createEventReader } from './body-reader.ts';

/** Reads a text that comes in pieces of `size` bytes; returns the data of its events and how it was handed on. */
function readInPieces(text: string, size: number): { data: string[]; handedOn: string } {
  const data: string[] = [];
  const reader = createEventReader((event) => data.push(event));
  const bytes = new TextEncoder().encode(text);
  const out: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += size) {
    let piece = bytes.subarray(from, from + size);
    while (piece.length > 0) {
      const taken = reader.read(piece);
      expect(taken).toBeGreaterThan(0);
      out.push(piece.subarray(0, taken));
      piece = piece.subarray(taken);
    }
  }
  reader.end();
  return { data, handedOn: Buffer.concat(out).toString() };
}

describe('events', () => {
  it.each(['\n', '\r', '\r\n'])('are read wherever they are cut, with lines that end in %j', (newline) => {
    const lines = ['data: ä€𝄞', '', ': comment', '', 'event: x', 'data:1', 'data: 2', '', '', 'data: last'];
    const text = lines.join(newline);
    for (let size = 1; size <= text.length + 8; size++)
      expect(readInPieces(text, size)).toEqual({ data: ['ä€𝄞', '1\n2', 'last'], handedOn: text });
  });

  it('are taken one at a time', () => {
    const reader = createEventReader(() => {});
    expect(reader.read(Buffer.from('data: 1\n\ndata: 2\n\n'))).toBe(9);
  });
});
