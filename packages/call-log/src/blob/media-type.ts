/** What bytes of a kind begin with, as Latin-1, and where. @see https://mimesniff.spec.whatwg.org */
const signatures: readonly (readonly [offset: number, text: string, mediaType: string])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF8', 'image/gif'],
  [8, 'WEBP', 'image/webp'],
  [8, 'WAVE', 'audio/wav'],
  [0, 'ID3', 'audio/mpeg'],
  [0, '\xff\xfb', 'audio/mpeg'],
  [0, 'OggS', 'audio/ogg'],
  [0, 'fLaC', 'audio/flac'],
  [4, 'ftyp', 'video/mp4'],
  [0, '%PDF-', 'application/pdf'],
];

/** What bytes are by how they begin; `undefined` when that says nothing. */
export function mediaTypeOf(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 16);
  return signatures.find(([offset, text]) => head.startsWith(text, offset))?.[2];
}
